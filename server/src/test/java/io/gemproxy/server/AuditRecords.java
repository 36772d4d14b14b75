package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** The records of an audit file that is still written. */
final class AuditRecords {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Callable<String> file;

    /**
     * @param file the whole of it as it stands
     */
    AuditRecords(Callable<String> file) {
        this.file = file;
    }

    List<JsonNode> all() throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : file.call().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    /** Those that are wanted, once there are so many. */
    List<JsonNode> where(Predicate<JsonNode> wanted, int count) throws Exception {
        long deadline = System.nanoTime() + ServerFixture.PATIENCE.toNanos();
        while (true) {
            List<JsonNode> found = all().stream().filter(wanted).toList();
            if (found.size() >= count || System.nanoTime() > deadline) {
                return found.size() == count ? found : fail(count + " expected: " + found);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }
}
