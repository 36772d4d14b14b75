package io.gemproxy.server.reload.writing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.config.Severity;
import io.gemproxy.server.reload.ReloadCause.Trigger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of the configuration on disk, with a reload that does as it is told. */
final class ConfigWriterTest {
    private static final Author ROOT = new Author("root", "a test");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path directory;
    private WritingFixture writing;

    @BeforeEach
    void start() throws IOException {
        writing = new WritingFixture(directory);
        writing.start(WritingFixture.MAIN);
    }

    @Test
    void whatIsPutIsOnDiskInEffectAndInTheHistory() throws Exception {
        ObjectNode sent = shown();
        sent.withObjectProperty("server").put("max_connections", 77);

        WriteOutcome.Written written = written(put(sent));

        assertEquals(
                WritingFixture.MAIN.replace(
                        "port: 0 # any\n", "port: 0 # any\n  max_connections: 77\n"),
                writing.main());
        assertEquals(writing.views.version(), written.version());
        assertEquals(Trigger.WRITE, writing.causes.getLast().trigger());
        assertEquals("root", writing.causes.getLast().actor());
        assertEquals("a test", writing.history.lines().getFirst().entry().reason());
        assertEquals(1, written.backups().size());
        Path backup = directory.resolve(written.backups().getFirst());
        assertEquals(WritingFixture.MAIN, Files.readString(backup));
        assertEquals("rw-------", mode(backup));
        assertEquals("rw-r-----", mode(writing.file));
    }

    @Test
    void yamlIsTakenAsWellAsJson() throws Exception {
        String yaml =
                "server: {host: 127.0.0.1, port: 5, tls: {enabled: false}}\n"
                        + "gemini:\n  api_keys: [{id: one, key: '****'}]\n"
                        + "auth: {jwt_secret: '****'}\n";
        written(writing.writer.put(bytes(yaml), ROOT, any -> true));
        assertTrue(writing.main().contains("port: 5 # any"), writing.main());
        assertTrue(writing.main().contains(WritingFixture.KEY));
        assertTrue(writing.main().startsWith("# of the house"));
    }

    @Test
    void ofTwoWhoChangeTheSameVersionTheSecondIsToldTheNewOne() throws Exception {
        var seen = writing.views.version();
        ObjectNode first = shown();
        first.withObjectProperty("server").put("port", 1);
        ObjectNode second = shown();
        second.withObjectProperty("server").put("port", 2);

        written(writing.writer.put(bytes(first), ROOT, seen::equals));
        WriteOutcome late = writing.writer.put(bytes(second), ROOT, seen::equals);

        assertEquals(
                writing.views.version(), assertInstanceOf(WriteOutcome.Stale.class, late).now());
        assertTrue(writing.main().contains("port: 1 # any"));
    }

    @Test
    void whatNobodyCouldRunWithIsNeverWritten() throws Exception {
        ObjectNode sent = shown();
        sent.withObjectProperty("server").put("prot", 1).put("port", 99_999);

        var invalid = assertInstanceOf(WriteOutcome.Invalid.class, put(sent));

        assertEquals(
                List.of("server.port", "server.prot"),
                invalid.findings().stream()
                        .filter(it -> it.severity() == Severity.ERROR)
                        .map(it -> it.key())
                        .sorted()
                        .toList());
        assertEquals(WritingFixture.MAIN, writing.main());
        assertEquals(1, writing.files());
        assertTrue(writing.causes.isEmpty());
    }

    @Test
    void whatAReloadRefusesIsTakenBackByteForByte() throws Exception {
        writing.refuse = true;
        ObjectNode sent = shown();
        sent.withObjectProperty("server").put("max_connections", 77);

        assertInstanceOf(WriteOutcome.Invalid.class, put(sent));

        assertEquals(WritingFixture.MAIN, writing.main());
        assertEquals("rw-r-----", mode(writing.file));
        assertEquals(1, writing.causes.size());
    }

    @Test
    void aBodyThatIsNoConfigurationIsRefused() throws Exception {
        for (String body : new String[] {"[1]", "server: [", "{\"a\":1,\"a\":2}", "\t", "'x'"}) {
            WriteOutcome outcome = writing.writer.put(bytes(body), ROOT, any -> true);
            assertFalse(outcome instanceof WriteOutcome.Written, body);
        }
        ObjectNode sent = shown();
        sent.withObjectProperty("auth").put("admin_password", "****");
        var refused = assertInstanceOf(WriteOutcome.Refused.class, put(sent));
        assertEquals(WriteOutcome.Why.MALFORMED, refused.why());
        assertTrue(refused.detail().contains("auth.admin_password"), refused.detail());
        assertEquals(WritingFixture.MAIN, writing.main());
    }

    @Test
    void aRollbackRestoresByteForByte() throws Exception {
        byte[] first = Files.readAllBytes(writing.file);
        String version = writing.views.version().value();
        Files.writeString(directory.resolve("prices.yaml"), "models: []\n");
        ObjectNode sent = shown();
        sent.withObjectProperty("server").put("port", 1);
        written(put(sent));

        WriteOutcome.RolledBack back =
                assertInstanceOf(
                        WriteOutcome.RolledBack.class,
                        writing.writer.rollback(version, ROOT, any -> true));

        assertEquals(version, back.written().version().value());
        assertEquals(List.of("proxy.yaml"), back.restored());
        assertEquals(List.of("prices.yaml"), back.notRestored());
        assertArrayEquals(first, Files.readAllBytes(writing.file));
        assertEquals(version, writing.views.version().value());
        assertEquals(Trigger.ROLLBACK, writing.causes.getLast().trigger());
        assertEquals(
                WriteOutcome.Why.MISSING,
                assertInstanceOf(
                                WriteOutcome.Refused.class,
                                writing.writer.rollback("0123456789abcdef", ROOT, any -> true))
                        .why());
    }

    @Test
    void throughALinkTheFileItLeadsToIsReplaced() throws Exception {
        Path real = directory.resolve("real.yaml");
        Files.move(writing.file, real);
        Files.createSymbolicLink(writing.file, real.getFileName());
        ObjectNode sent = shown();
        sent.withObjectProperty("server").put("port", 1);

        written(put(sent));

        assertTrue(Files.isSymbolicLink(writing.file));
        assertTrue(Files.readString(real).contains("port: 1 # any"));
        assertEquals("rw-r-----", mode(real));
    }

    @Test
    void sendingBackWhatWasShownWritesNothing() throws Exception {
        assertEquals(List.of(), written(put(shown())).backups());
        assertEquals(WritingFixture.MAIN, writing.main());
        assertTrue(writing.causes.isEmpty());
    }

    @Test
    void aTextIsJudgedAndComparedWithoutBeingWritten() throws Exception {
        ObjectNode sent = shown();
        sent.withObjectProperty("server").put("port", 1);
        sent.withObjectProperty("auth").put("jwt_secret", WritingFixture.OTHER_SECRET);

        ConfigView view = writing.views.judge(bytes(sent), new Side.Running());

        Emissions.OF_THIS_RUN.emitted("the view", view.toString());
        assertEquals(
                List.of("server.port", "auth.jwt_secret"),
                view.changes().stream().map(it -> it.path()).toList());
        assertEquals(WritingFixture.MAIN, writing.main());
        assertEquals(List.of(), writing.views.read(new Side.Running()).changes());
        Files.writeString(writing.file, WritingFixture.MAIN.replace("port: 0", "port: 3"));
        assertEquals(
                "server.port", writing.views.read(new Side.Running()).changes().getFirst().path());
    }

    @Test
    void onlyTheLastTenBackupsStay() throws Exception {
        for (int i = 1; i <= 12; i++) {
            ObjectNode sent = shown();
            sent.withObjectProperty("server").put("port", i);
            written(put(sent));
        }
        assertEquals(11, writing.files());
    }

    private ObjectNode shown() throws Exception {
        ObjectNode shown = writing.views.onDisk().values().deepCopy();
        Emissions.OF_THIS_RUN.emitted("the shown configuration", shown.toString());
        return shown;
    }

    private WriteOutcome put(ObjectNode body) throws IOException {
        return writing.writer.put(bytes(body), ROOT, any -> true);
    }

    static WriteOutcome.Written written(WriteOutcome outcome) {
        return assertInstanceOf(
                WriteOutcome.Written.class, outcome, () -> WritingFixture.said(outcome));
    }

    private static byte[] bytes(ObjectNode body) throws IOException {
        return JSON.writeValueAsBytes(body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
