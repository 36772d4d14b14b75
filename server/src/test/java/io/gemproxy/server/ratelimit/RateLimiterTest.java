package io.gemproxy.server.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Entitlement;
import io.gemproxy.server.exchange.Limits;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.ratelimit.RateDecision.Admitted;
import io.gemproxy.server.ratelimit.RateDecision.Limited;
import io.gemproxy.server.ratelimit.RateLimitConfig.Rates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimiterTest {
    private static final long WINDOW = Duration.ofSeconds(60).toNanos();

    // close to the overflow of a long, where nanoTime may really lie
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - WINDOW);

    private RateLimiter limiter(OptionalLong limit) {
        return new RateLimiter(
                RateLimitConfig.ofClients(Rates.ofMinute(limit, OptionalLong.empty())), now::get);
    }

    private static Client client(String name, OptionalInt own) {
        return new Client(
                new ClientId(name),
                Role.CLIENT,
                Optional.empty(),
                new Entitlement(List.of(), Set.of(), Limits.ofRequestsPerMinute(own)));
    }

    private static final Client ALICE = client("alice", OptionalInt.empty());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void noSixtySecondsAtAnyOffsetAdmitMoreThanTheLimit(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        int limit = random.nextInt(1, 90);
        RateLimiter limiter = limiter(OptionalLong.of(limit));
        List<Long> admitted = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            now.addAndGet(step(random, limit));
            if (limiter.ofClient(ALICE) instanceof Admitted) {
                admitted.add(now.get());
            }
        }
        for (int i = limit; i < admitted.size(); i++) {
            assertTrue(
                    admitted.get(i) - admitted.get(i - limit) >= WINDOW,
                    "request " + i + " came too early after the one " + limit + " before it");
        }
        assertTrue(admitted.size() > limit, "the window moved on");
    }

    /** Bursts, steady traffic, and steps that end exactly at a boundary. */
    private static long step(RandomGenerator random, int limit) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> 0;
            case 2 -> random.nextLong(1, WINDOW / limit);
            case 3 -> WINDOW / limit;
            case 4 -> random.nextInt(40) == 0 ? WINDOW : 1;
            default -> random.nextLong(1, 2 * WINDOW / limit + 2);
        };
    }

    @Test
    void theToldTimeIsTheEarliestAtWhichARetryWorks() {
        RateLimiter limiter = limiter(OptionalLong.of(3));
        for (int i = 0; i < 3; i++) {
            assertInstanceOf(Admitted.class, limiter.ofClient(ALICE));
            now.addAndGet(Duration.ofSeconds(7).toNanos());
        }
        Limited limited = assertInstanceOf(Limited.class, limiter.ofClient(ALICE));
        assertEquals(Duration.ofSeconds(60 - 21), limited.retryAfter());
        now.addAndGet(limited.retryAfter().toNanos() - 1);
        assertInstanceOf(Limited.class, limiter.ofClient(ALICE));
        now.addAndGet(1);
        assertInstanceOf(Admitted.class, limiter.ofClient(ALICE));
    }

    @Test
    void aRefusedRequestIsNotCounted() {
        RateLimiter limiter = limiter(OptionalLong.of(1));
        limiter.ofClient(ALICE);
        for (int i = 0; i < 59; i++) {
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            assertInstanceOf(Limited.class, limiter.ofClient(ALICE));
        }
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertInstanceOf(Admitted.class, limiter.ofClient(ALICE));
    }

    @Test
    void clientsDoNotShareACountButTokensOfOneClientDo() {
        RateLimiter limiter = limiter(OptionalLong.of(1));
        limiter.ofClient(ALICE);
        assertInstanceOf(Admitted.class, limiter.ofClient(client("bob", OptionalInt.empty())));
        assertInstanceOf(Limited.class, limiter.ofClient(client("alice", OptionalInt.of(1))));
        assertInstanceOf(Admitted.class, limiter.ofClient(client("alice", OptionalInt.of(2))));
    }

    @Test
    void aSmallerLimitOfTheSameClientWaitsForEnoughToLeave() {
        RateLimiter limiter = limiter(OptionalLong.of(5));
        for (int i = 0; i < 5; i++) {
            limiter.ofClient(ALICE);
            now.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        Limited limited =
                assertInstanceOf(
                        Limited.class, limiter.ofClient(client("alice", OptionalInt.of(2))));
        assertEquals(Duration.ofSeconds(60 + 3 - 5), limited.retryAfter());
    }

    @Test
    void theFieldsTellWhatIsLeft() {
        RateLimiter limiter = limiter(OptionalLong.of(60));
        Allowance first =
                assertInstanceOf(Admitted.class, limiter.ofClient(ALICE)).allowance().orElseThrow();
        assertEquals("\"client\";q=60;w=60", first.policyField());
        assertEquals("\"client\";r=59;t=60", first.stateField());
        now.addAndGet(Duration.ofMillis(59_500).toNanos());
        Allowance second =
                assertInstanceOf(Admitted.class, limiter.ofClient(ALICE)).allowance().orElseThrow();
        assertEquals("\"client\";r=58;t=1", second.stateField());
    }

    @Test
    void withoutAnyLimitEverythingIsAdmitted() {
        RateLimiter limiter = limiter(OptionalLong.empty());
        for (int i = 0; i < 1_000; i++) {
            assertEquals(Admitted.FREELY, limiter.ofClient(ALICE));
        }
    }

    @Test
    void manyThreadsAtOnceAreAdmittedExactlyToTheLimit() throws Exception {
        RateLimiter limiter = limiter(OptionalLong.of(100));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RateDecision>> decisions = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                decisions.add(threads.submit(() -> limiter.ofClient(ALICE)));
            }
            int admitted = 0;
            for (Future<RateDecision> decision : decisions) {
                admitted += decision.get() instanceof Admitted ? 1 : 0;
            }
            assertEquals(100, admitted);
        }
    }

    private static RateLimitConfig addresses(int requests, int failures) {
        return RateLimitConfig.ofAddresses(
                Rates.ofMinute(OptionalLong.of(requests), OptionalLong.empty()),
                OptionalLong.of(failures));
    }

    @Test
    void anAddressIsLimitedWhoeverCalls() {
        RateLimiter limiter = new RateLimiter(addresses(2, 5), now::get);
        assertInstanceOf(Admitted.class, limiter.ofAddress("192.0.2.1"));
        assertInstanceOf(Admitted.class, limiter.ofAddress("192.0.2.1"));
        assertInstanceOf(Limited.class, limiter.ofAddress("192.0.2.1"));
        assertInstanceOf(Admitted.class, limiter.ofAddress("192.0.2.2"));
    }

    @Test
    void theTokensOfAnAddressAreReservedAndSettled() {
        RateLimiter limiter =
                new RateLimiter(
                        RateLimitConfig.ofAddresses(
                                Rates.ofMinute(OptionalLong.empty(), OptionalLong.of(100)),
                                OptionalLong.empty()),
                        now::get);
        assertTrue(limiter.countsTokens(ALICE));
        Admitted first = assertInstanceOf(Admitted.class, limiter.tokensOfAddress("192.0.2.1", 80));
        assertInstanceOf(Limited.class, limiter.tokensOfAddress("192.0.2.1", 30));
        assertInstanceOf(Admitted.class, limiter.tokensOfAddress("192.0.2.2", 30));
        first.ticket().settle(70);
        assertInstanceOf(Admitted.class, limiter.tokensOfAddress("192.0.2.1", 30));
        assertInstanceOf(Limited.class, limiter.tokensOfAddress("192.0.2.1", 1));
    }

    @Test
    void theAddressesOfOneIpv6SubscriberAreOne() {
        RateLimiter limiter = new RateLimiter(addresses(1, 5), now::get);
        assertInstanceOf(Admitted.class, limiter.ofAddress("2001:db8:1:2::1"));
        assertInstanceOf(Limited.class, limiter.ofAddress("2001:db8:1:2:ffff::9"));
        assertInstanceOf(Admitted.class, limiter.ofAddress("2001:db8:1:3::1"));
        assertInstanceOf(Admitted.class, limiter.ofAddress("192.0.2.9"));
        assertInstanceOf(Limited.class, limiter.ofAddress("::ffff:192.0.2.9"));
    }

    @Test
    void afterSoManyWrongCredentialsNoMoreAreLookedAt() {
        RateLimiter limiter = new RateLimiter(addresses(1_000, 2), now::get);
        limiter.failed("192.0.2.1");
        assertEquals(Optional.empty(), limiter.failuresOf("192.0.2.1"));
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        limiter.failed("192.0.2.1");
        assertEquals(
                Duration.ofSeconds(50), limiter.failuresOf("192.0.2.1").orElseThrow().retryAfter());
        assertEquals(Optional.empty(), limiter.failuresOf("192.0.2.2"));
        now.addAndGet(Duration.ofSeconds(50).toNanos());
        assertEquals(Optional.empty(), limiter.failuresOf("192.0.2.1"));
    }
}
