package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditVerifyCommandTest {
    @TempDir private Path directory;
    private SampleAuditLog audited;
    private Path log;
    private Path key;
    private Path head;
    private CliRun run;

    @BeforeEach
    void writeALog() throws IOException {
        audited = SampleAuditLog.in(directory);
        log = audited.log();
        key = audited.key();
        head = audited.head();
        run = CliRun.installed(directory);
        audited.write();
    }

    private JsonNode json(int status, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of("audit", "verify", "-o", "json"));
        words.addAll(List.of(more));
        var outcome = run.run(words.toArray(String[]::new));
        assertEquals(status, outcome.status(), outcome.err());
        return new ObjectMapper().readTree(outcome.out());
    }

    @Test
    void aWholeLogHolds() throws IOException {
        var outcome = run.run("audit", "verify");
        assertEquals("intact: 3 records, 1 to 3, in 1 file\n", outcome.out());
        assertEquals(0, outcome.status());
        JsonNode verdict = json(0);
        assertEquals("intact", verdict.path("verdict").asText());
        assertEquals(3, verdict.path("last_seq").asLong());
        assertTrue(verdict.path("torn").isNull());
        assertEquals(List.of(log.toString()), texts(verdict.path("files")));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(node -> texts.add(node.asText()));
        return texts;
    }

    @Test
    void whatWasChangedIsNamedByFileAndLine() throws IOException {
        Files.writeString(
                log, Files.readString(log).replace("\"version\":\"2\"", "\"version\":\"9\""));
        var outcome = run.run("audit", "verify");
        assertEquals(1, outcome.status());
        assertEquals(
                log + ":2: is not what the server wrote\nbroken: 2 records, 1 to 3, in 1 file\n",
                outcome.out());
        JsonNode finding = json(1).path("findings").path(0);
        assertEquals("changed", finding.path("kind").asText());
        assertEquals(2, finding.path("line").asLong());
    }

    @Test
    void aTornEndIsNoTampering() throws IOException {
        Files.writeString(log, "{\"timestamp\":\"2026-11", StandardOpenOption.APPEND);
        JsonNode verdict = json(0);
        assertEquals("torn", verdict.path("verdict").asText());
        assertEquals(4, verdict.path("torn").path("line").asLong());
        assertTrue(run.run("audit", "verify").out().contains(":4: is only half a record"));
    }

    @Test
    void aCutEndIsFoundByTheHead() throws IOException {
        List<String> lines = Files.readAllLines(log);
        Files.write(log, lines.subList(0, 1));
        JsonNode finding = json(1).path("findings").path(0);
        assertEquals("truncated", finding.path("kind").asText());
        assertEquals(2, finding.path("line").asLong());
    }

    @Test
    void everythingMayBeNamedWithoutAConfiguration() throws IOException {
        Files.delete(directory.resolve("config/proxy.yaml"));
        String[] named = {
            "--file", log.toString(), "--key-file", key.toString(), "--head-file", head.toString()
        };
        assertEquals("intact", json(0, named).path("verdict").asText());
    }

    @Test
    void bothKeysAreWantedAfterAChange() throws IOException {
        Path old = Files.move(key, directory.resolve("old.key"));
        audited.write();
        assertEquals("unknown_key", json(1).path("findings").path(0).path("kind").asText());
        JsonNode both = json(0, "--key-file", key.toString(), "--key-file", old.toString());
        assertEquals("intact", both.path("verdict").asText());
    }

    @Test
    void theBeginningMayBeMissingIfThatIsKnown() throws IOException {
        List<String> lines = Files.readAllLines(log);
        Files.write(log, lines.subList(1, 3));
        assertEquals("begins_late", json(1).path("findings").path(0).path("kind").asText());
        assertEquals("intact", json(0, "--partial").path("verdict").asText());
    }

    @Test
    void aMissingKeyOrLogIsAnInputError() throws IOException {
        Files.delete(key);
        var outcome = run.run("audit", "verify");
        assertEquals(5, outcome.status());
        assertTrue(outcome.err().contains("audit.chain_key_file: "), outcome.err());
        audited.write();
        Files.delete(log);
        assertEquals(5, run.run("audit", "verify").status());
    }
}
