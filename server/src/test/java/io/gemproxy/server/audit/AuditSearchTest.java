package io.gemproxy.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.server.audit.AuditConfig.Fsync;
import io.gemproxy.server.audit.AuditConfig.OnFailure;
import io.gemproxy.server.audit.AuditConfig.Rotation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditSearchTest {
    @TempDir private Path directory;
    private AuditRig rig;

    @BeforeEach
    void makeTheRig() {
        rig = new AuditRig(directory);
    }

    private void writeInSeveralFiles(int calls) throws Exception {
        AuditConfig config =
                rig.config(OnFailure.BLOCK, Fsync.NONE, new Rotation(3_000, false), AuditRig.ALL);
        try (AuditLog log = rig.open(config)) {
            for (int i = 0; i < calls; i++) {
                log.finished(Exchanges.call("01ABC" + i));
                assertTrue(log.flush(AuditRig.PATIENCE));
            }
        }
        assertTrue(RotatedFiles.plain(rig.log).size() > 2);
    }

    private static List<Long> numbers(AuditSearch.Page page) {
        return page.records().stream().map((JsonNode it) -> it.path("seq").asLong()).toList();
    }

    private static AuditFilter where(String... conditions) {
        return AuditFilter.parse(List.of(conditions)).orElseThrow();
    }

    private List<Long> all(AuditSearch search, AuditFilter filter, int limit) throws IOException {
        List<Long> all = new ArrayList<>();
        OptionalLong next = OptionalLong.of(Long.MAX_VALUE);
        while (next.isPresent()) {
            AuditSearch.Page page = search.page(filter, limit, next.getAsLong());
            assertTrue(page.records().size() <= limit);
            all.addAll(numbers(page));
            next = page.next();
        }
        return all;
    }

    @Test
    void pagesGoThroughAllFilesFromTheNewestRecordToTheFirst() throws Exception {
        writeInSeveralFiles(20);
        AuditSearch search = new AuditSearch(rig.log);
        long last = rig.verify().last();
        List<Long> expected =
                LongStream.rangeClosed(1, last).map(it -> last + 1 - it).boxed().toList();
        for (int limit : new int[] {1, 3, 7, 1_000}) {
            assertEquals(expected, all(search, AuditFilter.ALL, limit), "limit " + limit);
        }
    }

    @Test
    void conditionsChooseAndAPageThatReadEnoughEndsEarly() throws Exception {
        writeInSeveralFiles(20);
        AuditSearch hurried = new AuditSearch(rig.log, 4);
        AuditFilter one = where("request_id=01ABC0", "attempts.key_id=spare");
        assertEquals(List.of(), hurried.page(one, 10, Long.MAX_VALUE).records());
        assertEquals(List.of(1L), all(hurried, one, 10));
        assertEquals(List.of(1L), numbers(new AuditSearch(rig.log).page(one, 10, Long.MAX_VALUE)));
        assertEquals(List.of(), all(new AuditSearch(rig.log), where("actor=nobody"), 10));
    }

    @Test
    void halfALineAndNoFileAreNoRecords() throws Exception {
        assertEquals(List.of(), all(new AuditSearch(rig.log), AuditFilter.ALL, 10));
        rig.write("01A");
        Files.writeString(rig.log, "not a record\n{\"seq\":7,\"ti", StandardOpenOption.APPEND);
        assertEquals(List.of(1L), all(new AuditSearch(rig.log), AuditFilter.ALL, 10));
    }

    @Test
    void aLineLongerThanABlockIsRead() throws Exception {
        Files.createDirectories(rig.log.getParent());
        String long1 = "{\"seq\":1,\"a\":\"" + "x".repeat(200_000) + "\"}\n";
        Files.writeString(rig.log, long1 + "{\"seq\":2,\"a\":\"y\"}\n");
        assertEquals(List.of(2L, 1L), all(new AuditSearch(rig.log), AuditFilter.ALL, 10));
    }
}
