package io.gemproxy.server.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.ModelName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedProjectsTest {
    private static final ProjectId P = new ProjectId("p");
    private static final ProjectId Q = new ProjectId("q");
    private static final ModelName MODEL = new ModelName("gemini-2.5-flash");
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final SharedProjects shared = new SharedProjects();
    private long now;

    private void together(int times, double usedShare) {
        for (int i = 0; i < times; i++) {
            now += MINUTE;
            shared.exhausted(P, MODEL, "quota_requests_per_minute", usedShare, now);
            shared.exhausted(Q, MODEL, "quota_requests_per_minute", usedShare, now + 1000);
        }
    }

    @Test
    void quotasThatEndTogetherHalfUsedAreSuspectedToBeOneAfterThreeTimes() {
        together(2, 0.5);
        assertEquals(List.of(), shared.suspected(P));
        together(1, 0.5);
        assertEquals(List.of(Q), shared.suspected(P));
        assertEquals(List.of(P), shared.suspected(Q));
    }

    @Test
    void projectsThatUseUpTheirOwnQuotasTogetherAreNot() {
        together(50, 0.95);
        assertEquals(List.of(), shared.suspected(P));
    }

    @Test
    void projectsThatErrorsCallByOneNameAreSuspectedAtOnce() {
        shared.named(new KeyId("a"), P, "theirs");
        shared.named(new KeyId("b"), Q, "theirs");
        assertEquals(List.of(Q), shared.suspected(P));
    }

    @Test
    void oneProjectWithKeysOfTwoIsDivided() {
        shared.named(new KeyId("a"), P, "theirs");
        shared.named(new KeyId("b"), P, "another");
        assertTrue(shared.isDivided(P));
    }
}
