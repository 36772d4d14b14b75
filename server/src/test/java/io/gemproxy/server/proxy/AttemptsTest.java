package io.gemproxy.server.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.LendingTrace;
import io.gemproxy.server.gemini.TokenUsage;
import io.gemproxy.server.keys.KeyView;
import io.gemproxy.server.keys.affinity.AffinityChange;
import io.gemproxy.server.keys.affinity.AffinityDirectory;
import io.gemproxy.server.keys.affinity.AffinityLimits;
import io.gemproxy.server.keys.quota.QuotaDimension;
import io.gemproxy.server.upstream.UpstreamException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a request does between its attempts, and that each lease ends once. */
class AttemptsTest {
    private static final String INTERNAL =
            "{\"error\":{\"code\":500,\"status\":\"INTERNAL\",\"message\":\"An internal error.\"}}";
    private static final String PER_DAY =
            "{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"message\":\"Quota\","
                    + "\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\","
                    + "\"violations\":[{\"quotaId\":"
                    + "\"GenerateRequestsPerDayPerProjectPerModel-FreeTier\"}]}]}}";

    private final AttemptsRig rig = new AttemptsRig(4);

    @Test
    void aRetryOfUnknownCauseWaitsALittleAndTheNextOneLonger() {
        rig.then(500, INTERNAL).then(AttemptsTest::reset).then(200, "{}");
        AttemptResult result = rig.run();
        assertInstanceOf(AttemptResult.Open.class, result);
        assertEquals(2, rig.pauses.size());
        assertTrue(rig.pauses.get(0).compareTo(Duration.ofMillis(100)) < 0, rig.pauses::toString);
        assertTrue(rig.pauses.get(1).compareTo(Duration.ofMillis(200)) < 0, rig.pauses::toString);
        assertEquals(
                List.of(Duration.ZERO, rig.pauses.get(0), rig.pauses.get(1)),
                rig.finished().lendings().stream().map(LendingTrace::pause).toList());
    }

    @Test
    void pausesAreOfAnyLengthBelowABoundThatDoublesAndStops() {
        RetryPause pauses = new RetryPause(new java.util.Random(1), (pause, current) -> true);
        for (int retry = 1; retry < 6; retry++) {
            long bound = 100L << Math.min(retry - 1, 2);
            long longest = 0;
            long shortest = Long.MAX_VALUE;
            for (int i = 0; i < 1_000; i++) {
                long millis = pauses.before(retry).toMillis();
                longest = Math.max(longest, millis);
                shortest = Math.min(shortest, millis);
            }
            assertTrue(longest < bound && longest > bound * 0.95, retry + ": " + longest);
            assertTrue(shortest < bound * 0.05, retry + ": " + shortest);
        }
    }

    @Test
    void anotherKeyIsAskedAtOnceWhereKeyOrProjectIsToBlame() {
        rig.then(429, PER_DAY).then(200, "{}");
        assertInstanceOf(AttemptResult.Open.class, rig.run());
        assertEquals(List.of(), rig.pauses);
        assertEquals(2, rig.progress.attempts());
    }

    @Test
    void noRetryThatTheClientWillNotWaitFor() {
        rig.patience = Optional.of(Duration.ofSeconds(1));
        rig.pass(Duration.ofSeconds(1));
        rig.then(500, INTERNAL);
        assertEquals(500, rig.run().status());
        assertEquals(List.of(), rig.pauses);
    }

    @Test
    void aClientThatLeavesInThePauseEndsIt() {
        rig.duringPause = CurrentCall::abort;
        rig.then(500, INTERNAL);
        AttemptResult result = rig.run();
        assertInstanceOf(AttemptOutcome.Abandoned.class, result.outcome());
        assertEquals(1, rig.progress.attempts());
        assertEquals(List.of(0, 0, 0, 0), rig.inFlight());
    }

    @Test
    void theRealPauseEndsWhenTheClientLeaves() throws Exception {
        CurrentCall current = new CurrentCall();
        CountDownLatch ended = new CountDownLatch(1);
        Thread.startVirtualThread(() -> {
            if (!current.staysFor(Duration.ofHours(1))) {
                ended.countDown();
            }
        });
        current.abort();
        assertTrue(ended.await(10, TimeUnit.SECONDS));
        assertTrue(new CurrentCall().staysFor(Duration.ofNanos(1)));
    }

    @Test
    void aBugInAnAttemptLeavesNoKeyBusy() {
        rig.then(() -> {
            throw new IllegalStateException("a fault of this test");
        });
        assertThrows(IllegalStateException.class, rig::run);
        assertEquals(List.of(0, 0, 0, 0), rig.inFlight());
    }

    @Test
    void aBugAfterAGoodAnswerLeavesNoKeyBusy() {
        rig.then(200, "{}");
        PlacedAttempts placed =
                new PlacedAttempts(
                        rig.attempts,
                        rig.pool,
                        new Listings(rig.attempts, rig.pool, directory(change -> {})),
                        new AnswerReading(
                                directory(change -> {
                                    throw new IllegalStateException("a fault of this test");
                                }),
                                new ThoughtHomes(
                                        directory(change -> {}), () -> false, () -> Instant.EPOCH),
                                new BatchInputs(
                                        directory(change -> {}),
                                        directory(change -> {}),
                                        false,
                                        () -> Instant.EPOCH,
                                        () -> 0),
                                () -> Instant.EPOCH));
        Placement search =
                new Placement.Search(
                        List.of(rig.pool.views().getFirst().project()), Set.of("files/new"));
        assertThrows(
                IllegalStateException.class,
                () -> placed.run(search, rig.request(), rig.progress, rig.current));
        assertEquals(List.of(0, 0, 0, 0), rig.inFlight());
    }

    @Test
    void theCostOfAnAnswerCountsForItsProject() {
        rig.then(200, "{}");
        AttemptResult result = rig.run();
        TokenUsage usage = new TokenUsage(1_000_000, 400_000, 100_000, 50_000, 0, 1_150_000);
        Cost cost = new Cost(567_000_000_001L, false, "2026-08-24");
        rig.attempts.finished(result, Optional.of(usage), Optional.of(cost));
        assertEquals(567_001, spent("k0"));
        assertEquals(List.of(0, 0, 0, 0), rig.inFlight());
    }

    private long spent(String key) {
        return rig.pool.view(new KeyId(key)).orElseThrow().models().stream()
                .flatMap(model -> model.limits().stream())
                .filter(it -> it.dimension() == QuotaDimension.MICRODOLLARS_PER_TEN_MINUTES)
                .mapToLong(KeyView.Limit::used)
                .sum();
    }

    private static AffinityDirectory directory(java.util.function.Consumer<AffinityChange> told) {
        return new AffinityDirectory(AffinityLimits.USUAL, () -> Instant.EPOCH, told);
    }

    private static io.gemproxy.server.upstream.UpstreamResponse reset() throws UpstreamException {
        throw new UpstreamException(
                UpstreamException.Fault.RESET, false, "reset", new java.io.IOException("reset"));
    }
}
