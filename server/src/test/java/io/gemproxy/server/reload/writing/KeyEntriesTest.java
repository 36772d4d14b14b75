package io.gemproxy.server.reload.writing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.reload.writing.ConfigWriter.KeysChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that come, change and go, wherever their list is. */
final class KeyEntriesTest {
    private static final Author ROOT = new Author("root", "");
    private static final String NEW_KEY =
            Emissions.OF_THIS_RUN.secret("a new key", "AIzaSyAdded-Vq3Wd8Xk1Zb6Ym9Nc4Rp7Ts2Lh");

    @TempDir private Path directory;
    private WritingFixture writing;

    @BeforeEach
    void fixture() {
        writing = new WritingFixture(directory);
    }

    @Test
    void aKeyIsAddedChangedAndRemovedInTheMainFile() throws IOException {
        writing.start(WritingFixture.MAIN);
        done(KeyEntries.adding(object("{\"id\":\"two\",\"key\":\"" + NEW_KEY + "\"}")));
        assertEquals(
                WritingFixture.MAIN.replace(
                        WritingFixture.KEY + "\n",
                        WritingFixture.KEY + "\n    - id: two\n      key: " + NEW_KEY + "\n"),
                writing.main());
        done(
                KeyEntries.changing(
                        "one", object("{\"weight\":7,\"project\":null,\"key\":\"****\"}")));
        assertTrue(
                writing.main().contains(WritingFixture.KEY + "\n      weight: 7\n"),
                writing.main());
        done(KeyEntries.removing("two"));
        done(KeyEntries.changing("one", object("{\"weight\":null}")));
        assertEquals(WritingFixture.MAIN, writing.main());
    }

    @Test
    void theListInAFileOfItsOwnIsChangedThere() throws IOException {
        Path keys = Emissions.OF_THIS_RUN.given(directory.resolve("keys.yaml"));
        String list = "# mine\n- id: one # first\n  key: " + WritingFixture.KEY + "\n";
        for (String head : new String[] {"", "api_keys:\n"}) {
            Files.writeString(keys, head + list);
            String main =
                    WritingFixture.MAIN.replace(
                            "  api_keys:\n    - id: one\n      key: " + WritingFixture.KEY + "\n",
                            "  api_keys_file: keys.yaml\n");
            writing.start(main);

            done(KeyEntries.changing("one", object("{\"weight\":7}")));

            assertEquals(head + list + "  weight: 7\n", Files.readString(keys));
            assertEquals(main, writing.main());
            var bad = change(KeyEntries.changing("one", object("{\"weight\":-7}")));
            var invalid = assertInstanceOf(WriteOutcome.Invalid.class, bad);
            assertEquals("gemini.api_keys[0].weight", invalid.findings().getFirst().key());
            assertEquals("keys.yaml", invalid.findings().getFirst().place().toString());
            assertEquals(head + list + "  weight: 7\n", Files.readString(keys));
        }
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        writing.start(WritingFixture.MAIN);
        assertEquals(WriteOutcome.Why.CONFLICT, why(KeyEntries.adding(object("{\"id\":\"one\"}"))));
        assertEquals(WriteOutcome.Why.MALFORMED, why(KeyEntries.adding(object("{}"))));
        assertEquals(WriteOutcome.Why.CONFLICT, why(KeyEntries.removing("two")));
        assertEquals(
                WriteOutcome.Why.MALFORMED,
                why(KeyEntries.changing("one", object("{\"id\":\"other\"}"))));
        assertInstanceOf(WriteOutcome.Invalid.class, change(KeyEntries.removing("one")));
        assertEquals(WritingFixture.MAIN, writing.main());
    }

    @Test
    void aKeyFromAFileTakesThePlaceOfTheKeyItself() throws IOException {
        writing.start(WritingFixture.MAIN);
        Path secret = Emissions.OF_THIS_RUN.given(directory.resolve("one.key"));
        Files.writeString(secret, NEW_KEY);
        done(KeyEntries.changing("one", object("{\"key_file\":\"one.key\"}")));
        assertTrue(writing.main().contains("    - id: one\n      key_file: one.key\n"));
    }

    private WriteOutcome change(KeysChange change) {
        return writing.writer.changeKeys(change, ROOT, any -> true);
    }

    private void done(KeysChange change) {
        ConfigWriterTest.written(change(change));
    }

    private WriteOutcome.Why why(KeysChange change) {
        return assertInstanceOf(WriteOutcome.Refused.class, change(change)).why();
    }

    private static ObjectNode object(String json) throws IOException {
        return (ObjectNode) new ObjectMapper().readTree(json);
    }
}
