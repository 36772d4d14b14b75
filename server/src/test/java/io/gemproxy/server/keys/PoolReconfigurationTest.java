package io.gemproxy.server.keys;

import static io.gemproxy.server.keys.PoolFixture.FLASH;
import static io.gemproxy.server.keys.PoolFixture.exhausted;
import static io.gemproxy.server.keys.PoolFixture.lent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyFault;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.QuotaKind;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.keys.health.BreakerConfig;
import io.gemproxy.server.keys.health.CircuitBreaker;
import io.gemproxy.server.keys.quota.QuotaDimension;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What another configuration changes in the pool, and what it leaves as it is. */
class PoolReconfigurationTest {
    private static final AttemptOutcome WORKED = new AttemptOutcome.Succeeded();
    private static final AttemptOutcome REFUSED =
            new AttemptOutcome.KeyRefused(KeyFault.API_KEY_INVALID);

    private final PoolFixture fixture = new PoolFixture();

    @Test
    void aKeyThatStaysStaysAsItIs() {
        KeyPool pool = fixture.key("a", "p", 1).pool();
        pool.settle(lent(pool, FLASH), REFUSED);
        pool.reconfigure(with("b", "q"));
        assertEquals(List.of("Invalid", "Healthy"), states(pool));
        assertEquals("b", lent(pool, FLASH).key().value());
    }

    @Test
    void quotasAndTheirRestsGoOnUnderTheSameProject() {
        KeyPool pool = fixture.key("a", "p", 1).pool();
        KeyLease lease = lent(pool, FLASH);
        pool.settle(
                lease,
                AttemptOutcome.QuotaExceeded.of(QuotaKind.REQUESTS_PER_DAY, Optional.empty()));
        pool.reconfigure(with("b", "p"));
        assertTrue(exhausted(pool, FLASH).retryAfter().isPresent());
        assertEquals(1, usedToday(pool, "a"));
        assertEquals(1, usedToday(pool, "b"), "they share it");
    }

    @Test
    void anOpenBreakerStaysOpenAndTakesTheNewTimes() {
        KeyPool pool = fixture.key("a", "p", 1).key("b", "q", 1).key("c", "r", 1).pool();
        for (int i = 0; i < 5; i++) {
            pool.settle(lent(pool, FLASH, "b", "c"), new AttemptOutcome.ServerFault(500));
        }
        assertEquals(CircuitBreaker.State.OPEN, view(pool, "a").breaker());
        KeysConfig now = fixture.config();
        pool.reconfigure(
                new KeysConfig(
                        now.selection(),
                        now.keys(),
                        new BreakerConfig(1, Duration.ofSeconds(30), Duration.ZERO)));
        assertEquals(CircuitBreaker.State.OPEN, view(pool, "a").breaker());
        pool.settle(lent(pool, FLASH, "a", "c"), new AttemptOutcome.ServerFault(500));
        assertEquals(CircuitBreaker.State.CLOSED, view(pool, "b").breaker(), "half rest already");
    }

    @Test
    void whatWasLentIsCountedToItsEnd() {
        KeyPool pool = fixture.key("a", "p", 1).pool();
        KeyLease lease = lent(pool, FLASH);
        pool.settle(lease, WORKED);
        pool.reconfigure(with("b", "q"));
        assertEquals(1, view(pool, "a").inFlight());
        pool.finished(lease, OptionalLong.empty(), 0);
        assertEquals(0, view(pool, "a").inFlight());
    }

    @Test
    void aRemovedKeyEndsWhatItWasLentForAndIsForgotten() {
        KeyPool pool = fixture.key("a", "p", 1).pool();
        KeysConfig both = with("b", "q");
        pool.reconfigure(both);
        KeyLease lease = lent(pool, FLASH, "b");
        pool.settle(lease, WORKED);
        pool.reconfigure(only(both, "b"));
        assertEquals(1, pool.size());
        assertTrue(pool.secrets().contains(lease.secret()), "its stream is still scrubbed");
        pool.finished(lease, OptionalLong.empty(), 0);
        pool.reconfigure(both);
        assertEquals(0, view(pool, "a").requests(), "it begins afresh");
        assertEquals(0, view(pool, "a").inFlight());
    }

    @Test
    void whatBecameOfALeaseIsNotHeldAgainstAKeyThatCameBack() {
        KeyPool pool = fixture.key("a", "p", 1).pool();
        KeysConfig both = with("b", "q");
        pool.reconfigure(both);
        KeyLease lease = lent(pool, FLASH, "b");
        pool.reconfigure(only(both, "b"));
        pool.reconfigure(both);
        pool.settle(lease, REFUSED);
        assertEquals(List.of("Healthy", "Healthy"), states(pool));
        assertEquals(0, view(pool, "a").inFlight());
    }

    @Test
    void theSecretsOfRemovedKeysAreForgottenOnceTheyHaveServed() {
        KeyPool pool = fixture.key("a", "p", 1).pool();
        KeysConfig both = with("b", "q");
        pool.reconfigure(both);
        KeyLease lease = lent(pool, FLASH, "b");
        for (int i = 0; i < 3; i++) {
            pool.reconfigure(only(both, "b"));
            assertEquals(2, pool.secrets().size());
        }
        pool.settle(lease, REFUSED);
        pool.reconfigure(only(both, "b"));
        assertEquals(1, pool.secrets().size());
    }

    @Test
    void anotherSecretIsAnotherKeyButWhatAnOperatorSwitchedOffStaysOff() {
        KeyPool pool = fixture.key("a", "p", 1).key("b", "q", 1).pool();
        pool.settle(lent(pool, FLASH, "b"), REFUSED);
        pool.disable(new KeyId("b"));
        pool.reconfigure(withSecret(withSecret(fixture.config(), "a"), "b"));
        assertEquals(List.of("Healthy", "Disabled"), states(pool));
    }

    @Test
    void ourOwnLimitOnAKeyChangesWithoutForgettingItsMinute() {
        KeyPool pool = fixture.key("a", "p", 1, OptionalInt.of(3)).pool();
        lent(pool, FLASH);
        lent(pool, FLASH);
        PoolFixture lower = new PoolFixture().key("a", "p", 1, OptionalInt.of(2));
        pool.reconfigure(lower.config());
        exhausted(pool, FLASH);
        pool.reconfigure(new PoolFixture().key("a", "p", 1, OptionalInt.of(3)).config());
        lent(pool, FLASH);
        exhausted(pool, FLASH);
    }

    @Test
    void limitsOfAProjectChangeWithoutForgettingWhatIsUsed() {
        KeyPool pool =
                fixture.selecting(KeysConfig.Selection.MOST_HEADROOM)
                        .limited("a", "p", OptionalLong.of(2))
                        .pool();
        lent(pool, FLASH);
        lent(pool, FLASH);
        exhausted(pool, FLASH);
        pool.reconfigure(
                new PoolFixture()
                        .selecting(KeysConfig.Selection.MOST_HEADROOM)
                        .limited("a", "p", OptionalLong.of(3))
                        .config());
        lent(pool, FLASH);
        exhausted(pool, FLASH);
    }

    @Test
    void theSelectionPolicyChanges() {
        KeyPool pool = fixture.limited("a", "p", OptionalLong.of(1)).pool();
        lent(pool, FLASH);
        lent(pool, FLASH);
        pool.reconfigure(fixture.selecting(KeysConfig.Selection.MOST_HEADROOM).config());
        exhausted(pool, FLASH);
    }

    @Test
    void weightsChangeAndThoseGivenByHandOutliveTheConfiguration() {
        KeyPool pool = fixture.key("a", "p", 1).key("b", "q", 1).pool();
        assertEquals(Map.of("a", 50, "b", 50), served(pool, 100));
        pool.reweigh(Map.of(new KeyId("a"), 3));
        assertEquals(Map.of("a", 75, "b", 25), served(pool, 100));
        pool.reconfigure(fixture.config());
        assertEquals(3, view(pool, "a").weight());
        assertEquals(Map.of("a", 75, "b", 25), served(pool, 100));
        pool.reweigh(Map.of());
        assertEquals(Map.of("a", 50, "b", 50), served(pool, 100));
    }

    @Test
    void whoIsLentAKeyWhileOthersComeAndGoAlwaysGetsOne() throws Exception {
        KeyPool pool = fixture.key("a", "p", 1).pool();
        KeysConfig both = with("b", "q");
        AtomicBoolean over = new AtomicBoolean();
        AtomicReference<Throwable> failed = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(2);
        Runnable borrower =
                () -> {
                    begun.countDown();
                    try {
                        while (!over.get()) {
                            KeyLease lease = lent(pool, FLASH);
                            pool.settle(lease, WORKED);
                            pool.finished(lease, OptionalLong.empty(), 0);
                        }
                    } catch (Throwable bad) {
                        failed.set(bad);
                    }
                };
        List<Thread> borrowers =
                List.of(Thread.ofPlatform().start(borrower), Thread.ofPlatform().start(borrower));
        begun.await();
        for (int i = 0; i < 2_000; i++) {
            pool.reconfigure(i % 3 == 0 ? both : only(both, i % 3 == 1 ? "a" : "b"));
        }
        over.set(true);
        for (Thread thread : borrowers) {
            thread.join();
        }
        pool.reconfigure(both);
        assertEquals(null, failed.get());
        for (KeyView key : pool.views()) {
            assertEquals(0, key.inFlight(), key.id().value());
        }
        pool.reconfigure(both);
        assertEquals(2, pool.secrets().size());
    }

    private KeysConfig with(String id, String project) {
        return fixture.key(id, project, 1).config();
    }

    private static KeysConfig only(KeysConfig of, String id) {
        return new KeysConfig(
                of.selection(),
                of.keys().stream().filter(key -> key.id().value().equals(id)).toList());
    }

    private static KeysConfig withSecret(KeysConfig of, String id) {
        return new KeysConfig(
                of.selection(),
                of.keys().stream()
                        .map(key ->
                                key.id().value().equals(id)
                                        ? new KeyConfig(
                                                key.id(),
                                                Secret.of("another-secret-of-" + id),
                                                key.project(),
                                                key.weight(),
                                                key.maxRequestsPerMinute(),
                                                key.expiresAt())
                                        : key)
                        .toList());
    }

    private static Map<String, Integer> served(KeyPool pool, int requests) {
        Map<String, Integer> served = new HashMap<>();
        for (int i = 0; i < requests; i++) {
            served.merge(lent(pool, FLASH).key().value(), 1, Integer::sum);
        }
        return served;
    }

    private static List<String> states(KeyPool pool) {
        return pool.views().stream().map(view -> view.state().word()).toList();
    }

    private static KeyView view(KeyPool pool, String id) {
        return pool.view(new KeyId(id)).orElseThrow();
    }

    private static long usedToday(KeyPool pool, String id) {
        return view(pool, id).models().stream()
                .flatMap(model -> model.limits().stream())
                .filter(limit -> limit.dimension() == QuotaDimension.REQUESTS_PER_DAY)
                .mapToLong(KeyView.Limit::used)
                .sum();
    }
}
