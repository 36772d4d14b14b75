package io.gemproxy.server.keys;

import static io.gemproxy.server.keys.PoolFixture.FLASH;
import static io.gemproxy.server.keys.PoolFixture.PRO;
import static io.gemproxy.server.keys.PoolFixture.exhausted;
import static io.gemproxy.server.keys.PoolFixture.lent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyStatus;
import io.gemproxy.server.exchange.QuotaPeriod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A pool that takes over what another one knew. */
final class PoolMemoryTest {
    private final PoolFixture fixture = new PoolFixture();

    private static List<String> states(KeyPool pool) {
        return pool.status().stream().map(KeyStatus::state).toList();
    }

    private static AttemptOutcome minuteQuota(Duration wait) {
        return new AttemptOutcome.QuotaExceeded(QuotaPeriod.MINUTE, Optional.of(wait));
    }

    @Test
    void refusalsAndRestsOfEachKindComeAlong() {
        KeyPool old = fixture.key("a", "pa", 1).key("b", "pb", 1).key("c", "pc", 1).pool();
        old.settle(lent(old, FLASH, "b", "c"), new AttemptOutcome.KeyRefused("API_KEY_INVALID"));
        old.settle(lent(old, FLASH, "a", "c"), new AttemptOutcome.KeyRefused("UNAUTHENTICATED"));
        old.settle(lent(old, FLASH, "a", "b"), minuteQuota(Duration.ofSeconds(90)));
        KeyPool fresh = fixture.pool();
        fresh.recall(old.memory());

        assertEquals(List.of("Invalid", "RateLimited", "RateLimited"), states(fresh));
        assertEquals(states(old), states(fresh));
        assertEquals(
                old.status().stream().map(KeyStatus::reason).toList(),
                fresh.status().stream().map(KeyStatus::reason).toList());
        assertEquals("c", lent(fresh, PRO).key().value());
        assertEquals(old.memory(), fresh.memory());
    }

    @Test
    void aRestEndsInTheNewPoolWhenItWouldHaveInTheOld() {
        KeyPool old = fixture.key("a", "pa", 1).pool();
        old.settle(lent(old, FLASH), minuteQuota(Duration.ofSeconds(90)));
        PoolMemory memory = old.memory();
        fixture.pass(Duration.ofSeconds(30));
        KeyPool fresh = fixture.pool();
        fresh.recall(memory);

        assertEquals(Optional.of(Duration.ofSeconds(60)), exhausted(fresh, FLASH).retryAfter());
        fixture.pass(Duration.ofSeconds(60));
        assertEquals("a", lent(fresh, FLASH).key().value());
    }

    @Test
    void aRestThatIsOverIsForgotten() {
        KeyPool old = fixture.key("a", "pa", 1).pool();
        old.settle(lent(old, FLASH), minuteQuota(Duration.ofSeconds(90)));
        PoolMemory memory = old.memory();
        fixture.pass(Duration.ofSeconds(90));
        KeyPool fresh = fixture.pool();
        fresh.recall(memory);

        assertEquals(List.of("Healthy"), states(fresh));
        assertEquals(new PoolMemory(List.of(), List.of(), List.of()), old.memory());
    }

    @Test
    void keysThatAreNotConfiguredAnyMoreAreForgotten() {
        KeyPool old = fixture.key("a", "pa", 1).pool();
        old.settle(lent(old, FLASH), new AttemptOutcome.KeyRefused("API_KEY_INVALID"));
        KeyPool other = new PoolFixture().key("b", "pb", 1).pool();
        other.recall(old.memory());

        assertEquals(List.of("Healthy"), states(other));
        assertTrue(other.memory().refusals().isEmpty());
    }
}
