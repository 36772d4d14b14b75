package io.gemproxy.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditReaderTest {
    @TempDir private Path directory;
    private Path path;

    @BeforeEach
    void nameTheFile() {
        path = directory.resolve("audit.log");
    }

    private void append(String text) throws IOException {
        Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String entry(int seq, String key) {
        return "{\"seq\":"
                + seq
                + ",\"key_id\":\""
                + key
                + "\",\"stream\":true,\"tokens\":{\"total\":5},\"attempts\":[{\"key_id\":\"x\"},{\"key_id\":\""
                + key
                + "\"}]}";
    }

    private static AuditFilter where(String... conditions) {
        return AuditFilter.parse(List.of(conditions)).orElseThrow();
    }

    private List<String> last(int count, AuditFilter filter) throws IOException {
        try (AuditReader reader = AuditReader.open(path)) {
            return reader.last(count, filter).stream().map(AuditLine::text).toList();
        }
    }

    @Test
    void theLastRecordsComeOldestFirst() throws Exception {
        append(entry(1, "a") + "\n" + entry(2, "b") + "\n" + entry(3, "a") + "\n");
        assertEquals(List.of(entry(2, "b"), entry(3, "a")), last(2, AuditFilter.ALL));
        assertEquals(List.of(), last(0, AuditFilter.ALL));
        assertEquals(3, last(100, AuditFilter.ALL).size());
    }

    @Test
    void conditionsChooseByFieldPathAndValue() throws Exception {
        append(entry(1, "a") + "\n" + entry(2, "b") + "\n" + entry(3, "a") + "\n");
        assertEquals(List.of(entry(1, "a"), entry(3, "a")), last(9, where("key_id=a")));
        assertEquals(List.of(entry(3, "a")), last(9, where("key_id=a", "seq=3")));
        assertEquals(List.of(entry(2, "b")), last(9, where("attempts.key_id=b")));
        assertEquals(3, last(9, where("tokens.total=5", "stream=true")).size());
        assertEquals(List.of(), last(9, where("key_id=A")));
        assertEquals(List.of(), last(9, where("tokens=5")));
        assertEquals(List.of(), last(9, where("unknown=")));
    }

    @Test
    void aConditionWithoutEqualsSignIsNoCondition() {
        assertEquals(Optional.empty(), AuditFilter.parse(List.of("key_id")));
        assertEquals(Optional.empty(), AuditFilter.parse(List.of("a=b", "=x")));
    }

    @Test
    void aTornEndIsToldApart() throws Exception {
        append(entry(1, "a") + "\n{\"seq\":2,\"key");
        try (AuditReader reader = AuditReader.open(path)) {
            List<AuditLine> lines = reader.last(9, AuditFilter.ALL);
            assertInstanceOf(AuditLine.Complete.class, lines.get(0));
            assertEquals(new AuditLine.Torn("{\"seq\":2,\"key"), lines.get(1));
        }
        assertEquals(List.of(entry(1, "a")), last(9, where("seq=1")));
    }

    @Test
    void tooFewRecordsAreFilledUpFromRotatedFiles() throws Exception {
        append(entry(3, "a") + "\n");
        Files.writeString(
                directory.resolve("audit.log.1"), entry(1, "a") + "\n" + entry(2, "a") + "\n");
        Files.writeString(directory.resolve("audit.log.2.gz"), "not text");
        assertEquals(List.of(entry(2, "a"), entry(3, "a")), last(2, AuditFilter.ALL));
        assertEquals(3, last(9, AuditFilter.ALL).size());
    }

    @Test
    void followingGoesOnBehindTheLastAcrossHalfLinesRotationAndTruncation() throws Exception {
        append(entry(1, "a") + "\n");
        Deque<Step> steps = new ArrayDeque<>();
        steps.add(() -> append(entry(2, "a") + "\n" + entry(3, "a").substring(0, 9)));
        steps.add(() -> append(entry(3, "a").substring(9) + "\n"));
        steps.add(() -> {
            append(entry(4, "a") + "\n");
            Files.move(path, directory.resolve("audit.log.1"));
        });
        steps.add(() -> append(entry(5, "a") + "\n"));
        steps.add(() -> Files.writeString(path, entry(6, "").substring(0, 0)));
        steps.add(() -> append(entry(7, "a") + "\n"));
        List<String> seen = new ArrayList<>();
        try (AuditReader reader = AuditReader.open(path)) {
            reader.last(1, AuditFilter.ALL).forEach(line -> seen.add(line.text()));
            reader.follow(AuditFilter.ALL, line -> seen.add(line.text()), () -> goOn(steps));
        }
        assertEquals(List.of(1, 2, 3, 4, 5, 7).stream().map(seq -> entry(seq, "a")).toList(), seen);
    }

    @Test
    void theTornEndOfARotatedFileIsToldWhenFollowing() throws Exception {
        append("{\"seq\":1");
        Deque<Step> steps = new ArrayDeque<>();
        steps.add(() -> {
            Files.move(path, directory.resolve("audit.log.1"));
            append(entry(2, "a") + "\n");
        });
        List<AuditLine> seen = new ArrayList<>();
        try (AuditReader reader = AuditReader.open(path)) {
            reader.follow(AuditFilter.ALL, seen::add, () -> goOn(steps));
        }
        assertEquals(
                List.of(new AuditLine.Torn("{\"seq\":1"), new AuditLine.Complete(entry(2, "a"))),
                seen);
    }

    private static boolean goOn(Deque<Step> steps) {
        Step step = steps.poll();
        if (step == null) {
            return false;
        }
        try {
            step.take();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return true;
    }

    /** One thing that happens to the file. */
    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }

    @Test
    void terminalEscapesAreStripped() throws Exception {
        append("{\"a\":\"\u001b[31mred\u001b]0;title\u0007\u009b2J\u202e\u0000end\"}\n");
        assertEquals(List.of("{\"a\":\"redend\"}"), last(1, AuditFilter.ALL));
    }

    @Test
    void aMissingFileIsAnError() {
        assertThrows(IOException.class, () -> AuditReader.open(path));
    }
}
