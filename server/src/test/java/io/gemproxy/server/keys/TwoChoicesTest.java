package io.gemproxy.server.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.KeyId;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** In a large pool two keys are compared: how even that is. */
class TwoChoicesTest {
    private static final int PROJECTS = 200;
    private static final int KEYS = 2 * PROJECTS;
    private static final int LIMIT = 20;

    private final PoolFixture fixture = new PoolFixture();

    private KeyPool pool(KeysConfig.Selection selection) {
        fixture.selecting(selection);
        for (int i = 0; i < KEYS; i++) {
            fixture.limited("k" + i, "p" + i / 2, OptionalLong.of(LIMIT));
        }
        return fixture.pool();
    }

    private static Map<String, Integer> usedByProject(KeyPool pool, int requests) {
        Map<String, Integer> used = new HashMap<>();
        for (int i = 0; i < requests; i++) {
            KeyLease lease = PoolFixture.lent(pool, PoolFixture.FLASH);
            used.merge(lease.project().value(), 1, Integer::sum);
        }
        return used;
    }

    @Test
    void noKeyHasManyMoreRunningRequestsThanAnother() {
        KeyPool pool = pool(KeysConfig.Selection.LEAST_LOADED);
        usedByProject(pool, 3 * KEYS);
        IntSummaryStatistics running =
                pool.views().stream().mapToInt(KeyView::inFlight).summaryStatistics();
        assertEquals(3.0, running.getAverage());
        assertTrue(running.getMax() <= 5, running::toString);
    }

    @Test
    void projectsFillUpTogetherUnderMostHeadroom() {
        Map<String, Integer> used =
                usedByProject(pool(KeysConfig.Selection.MOST_HEADROOM), PROJECTS * LIMIT / 2);
        IntSummaryStatistics all =
                used.values().stream().mapToInt(Integer::intValue).summaryStatistics();
        assertEquals(PROJECTS, all.getCount());
        assertTrue(all.getMin() >= LIMIT / 2 - 3 && all.getMax() <= LIMIT / 2 + 3, all::toString);
    }

    @Test
    void nobodyIsRefusedBeforeTheLastProjectIsFull() {
        KeyPool pool = pool(KeysConfig.Selection.MOST_HEADROOM);
        Map<String, Integer> used = usedByProject(pool, PROJECTS * LIMIT);
        used.forEach((project, requests) -> assertEquals(LIMIT, requests, project));
        PoolFixture.exhausted(pool, PoolFixture.FLASH);
    }

    @Test
    void theBusierOfTwoServesWhereTheOtherIsOutOfService() {
        KeyPool pool = pool(KeysConfig.Selection.LEAST_LOADED);
        for (int i = 0; i < KEYS; i += 2) {
            pool.disable(new KeyId("k" + i));
        }
        usedByProject(pool, 2 * KEYS);
        for (KeyView view : pool.views()) {
            boolean inService = Integer.parseInt(view.id().value().substring(1)) % 2 == 1;
            assertTrue(inService == view.inFlight() > 0, view.id()::value);
        }
    }
}
