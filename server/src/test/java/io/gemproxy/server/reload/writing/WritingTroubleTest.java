package io.gemproxy.server.reload.writing;

import static io.gemproxy.server.reload.writing.ConfigWriterTest.written;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of the configuration while others change it, or the disk does not do its part. */
final class WritingTroubleTest {
    private static final Author ROOT = new Author("root", "a test");
    private static final String CHANGED = WritingFixture.MAIN.replace("port: 0", "port: 7");
    private static final String WITH_FILE =
            WritingFixture.MAIN.replaceAll(
                    "(?s)  api_keys:.*?auth:", "  api_keys_file: keys.yaml\nauth:");
    private static final String KEYS = "- id: one\n  key: " + WritingFixture.KEY + "\n";

    @TempDir private Path directory;
    private WritingFixture writing;

    @BeforeEach
    void start() throws IOException {
        writing = new WritingFixture(directory);
        writing.start(WritingFixture.MAIN);
    }

    @Test
    void whatIsEditedByHandWhileAChangeIsJudgedIsNotLost() throws IOException {
        String byHand = WritingFixture.MAIN.replace("of the house", "by hand");
        WriteOutcome outcome =
                writing.writer.put(
                        bytes(CHANGED),
                        ROOT,
                        any -> {
                            write(writing.file, byHand);
                            return true;
                        });
        assertInstanceOf(WriteOutcome.Stale.class, outcome);
        assertEquals(byHand, writing.main());
    }

    @Test
    void aChangeThatOnlyPartsTookOverStaysAndIsNoSuccess() throws IOException {
        writing.partial = true;
        WriteOutcome.Refused refused =
                assertInstanceOf(
                        WriteOutcome.Refused.class,
                        writing.writer.put(bytes(CHANGED), ROOT, any -> true));
        assertEquals(WriteOutcome.Why.PARTLY, refused.why());
        assertTrue(refused.detail().contains("limits"), refused.detail());
        assertEquals(CHANGED, writing.main());
    }

    @Test
    void whatTheDiskDoesNotTakeIsToldUntilItDoes() throws IOException {
        Path history = directory.resolve("var/config-history");
        for (Path entry : entries(history)) {
            Files.delete(entry);
        }
        Files.delete(history);
        Files.writeString(history, "no directory");
        writing.writer.put(bytes(CHANGED), ROOT, any -> true);
        assertEquals(1, writing.running().unkept().size());
        String lost = writing.running().unkept().getFirst().version().value();
        Files.delete(history);
        assertEquals(List.of(), writing.running().unkept());
        assertEquals(lost, writing.history.lines().getFirst().entry().version());
    }

    @Test
    void aChangeThatCannotBeTakenBackIsNotCalledUndone() throws IOException {
        writing.refuse = true;
        writing.meanwhile =
                () -> {
                    try {
                        Files.delete(writing.file);
                        Files.createDirectory(writing.file);
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                };
        WriteOutcome outcome = put(CHANGED);
        var refused = assertInstanceOf(WriteOutcome.Refused.class, outcome);
        assertEquals(WriteOutcome.Why.UNSAVED, refused.why());
        assertTrue(refused.detail().contains("proxy.yaml.bak-"), refused.detail());
        assertFalse(refused.detail().contains("Nothing was changed"), refused.detail());
    }

    @Test
    void aBugInTheReloadLeavesTheDiskAsItWas() throws IOException {
        writing.meanwhile =
                () -> {
                    throw new IllegalStateException("a bug");
                };
        assertThrows(IllegalStateException.class, () -> put(CHANGED));
        assertEquals(WritingFixture.MAIN, writing.main());
    }

    @Test
    void theBackupOfThisChangeStaysThoughTheClockWentBack() throws IOException {
        for (int i = 0; i < 10; i++) {
            write(directory.resolve("proxy.yaml.bak-20990101T00000" + i + ".000Z"), "later");
        }
        String backup = written(put(CHANGED)).backups().getFirst();
        assertEquals(WritingFixture.MAIN, Files.readString(directory.resolve(backup)));
        assertEquals(11, writing.files());
    }

    @Test
    void aRollbackBringsBackAFileOfKeysThatIsGone() throws IOException {
        Path keys = withKeysFile();
        String version = writing.views.version().value();
        written(put(WritingFixture.MAIN));
        Files.delete(keys);

        WriteOutcome.RolledBack back =
                assertInstanceOf(
                        WriteOutcome.RolledBack.class,
                        writing.writer.rollback(version, ROOT, any -> true));

        assertEquals(List.of("proxy.yaml", "keys.yaml"), back.restored());
        assertEquals(WITH_FILE, writing.main());
        assertEquals(KEYS, Files.readString(keys));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)));
        assertEquals(version, writing.views.version().value());
    }

    @Test
    void aFileThatARefusedRollbackMadeIsGoneAgain() throws IOException {
        Path keys = withKeysFile();
        String version = writing.views.version().value();
        written(put(WritingFixture.MAIN));
        String before = writing.main();
        Files.delete(keys);
        writing.refuse = true;

        assertInstanceOf(
                WriteOutcome.Invalid.class, writing.writer.rollback(version, ROOT, any -> true));

        assertFalse(Files.exists(keys));
        assertEquals(before, writing.main());
    }

    @Test
    void jsonThatNoYamlSaysIsTheFaultOfWhoSentIt() throws Exception {
        for (String value :
                List.of("[".repeat(70) + "]".repeat(70), "[" + "1,".repeat(120_000) + "1]")) {
            String body = "{\"server\": " + value + "}";
            var refused = assertInstanceOf(WriteOutcome.Refused.class, put(body));
            assertEquals(WriteOutcome.Why.MALFORMED, refused.why());
            assertThrows(
                    NotPossible.class, () -> writing.views.judge(bytes(body), new Side.Running()));
        }
        assertEquals(WritingFixture.MAIN, writing.main());
    }

    private Path withKeysFile() throws IOException {
        Path keys = Emissions.OF_THIS_RUN.given(directory.resolve("keys.yaml"));
        write(keys, KEYS);
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r-----"));
        writing.start(WITH_FILE);
        return keys;
    }

    private WriteOutcome put(String text) {
        return writing.writer.put(bytes(text), ROOT, any -> true);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }
}
