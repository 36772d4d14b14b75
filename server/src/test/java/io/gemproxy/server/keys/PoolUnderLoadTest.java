package io.gemproxy.server.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many threads and many keys. */
class PoolUnderLoadTest {
    private static final int THREADS = 8;
    private static final int REQUESTS = 2_000;

    private final PoolFixture fixture = new PoolFixture();

    private static void inParallel(Runnable work) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofVirtual().start(work));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void sharesAreExactHoweverManyThreadsAsk() throws InterruptedException {
        KeyPool pool = fixture.key("a", "p", 2).key("b", "q", 1).key("c", "r", 1).pool();
        ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();
        inParallel(() -> {
            for (int i = 0; i < REQUESTS; i++) {
                KeyLease lease = PoolFixture.lent(pool, PoolFixture.FLASH);
                counts.merge(lease.key().value(), 1, Integer::sum);
                pool.settle(lease, new AttemptOutcome.Succeeded());
                pool.finished(lease, OptionalLong.empty(), 0);
            }
        });
        int all = THREADS * REQUESTS;
        assertEquals(Map.of("a", all / 2, "b", all / 4, "c", all / 4), new HashMap<>(counts));
        for (KeyView view : pool.views()) {
            assertEquals(0, view.inFlight());
        }
    }

    @Test
    void noThreadGetsMoreThanTheOwnLimitOfAKeyAllows() throws InterruptedException {
        KeyPool pool = fixture.key("a", "p", 1, OptionalInt.of(100)).pool();
        ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();
        inParallel(() -> {
            for (int i = 0; i < 100; i++) {
                Lending lending =
                        pool.lend(LendingWish.of(PoolFixture.FLASH, java.util.Optional.empty()));
                if (lending instanceof Lending.Lent) {
                    counts.merge("a", 1, Integer::sum);
                }
            }
        });
        assertEquals(100, counts.get("a"));
    }

    @Test
    void keysOfOneProjectServeAboutEquallyOftenUnderMostHeadroom() {
        fixture.selecting(KeysConfig.Selection.MOST_HEADROOM);
        for (int i = 0; i < 4; i++) {
            fixture.limited("k" + i, "p", OptionalLong.of(1_000_000));
        }
        KeyPool pool = fixture.limited("other", "q", OptionalLong.of(1_000_000)).pool();
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 4_000; i++) {
            counts.merge(PoolFixture.lent(pool, PoolFixture.FLASH).key().value(), 1, Integer::sum);
        }
        assertEquals(2_000, counts.getOrDefault("other", 0), 1);
        for (int i = 0; i < 4; i++) {
            assertEquals(500, counts.getOrDefault("k" + i, 0), 75, counts::toString);
        }
    }

    @ParameterizedTest
    @EnumSource(KeysConfig.Selection.class)
    void inALargePoolTheLastKeyThatIsFreeIsFound(KeysConfig.Selection selection) {
        fixture.selecting(selection);
        for (int i = 0; i < 1_000; i++) {
            fixture.key("k" + i, "p" + i, 1 + i % 3);
        }
        KeyPool pool = fixture.pool();
        for (int i = 0; i < 1_000; i++) {
            if (i != 617) {
                pool.disable(new KeyId("k" + i));
            }
        }
        for (int i = 0; i < 200; i++) {
            assertEquals("k617", PoolFixture.lent(pool, PoolFixture.FLASH).key().value());
        }
        pool.enable(new KeyId("k3"));
        boolean back = false;
        for (int i = 0; i < 200; i++) {
            back |= PoolFixture.lent(pool, PoolFixture.FLASH).key().value().equals("k3");
        }
        assertTrue(back);
    }
}
