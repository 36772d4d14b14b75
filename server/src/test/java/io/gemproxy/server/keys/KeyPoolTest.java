package io.gemproxy.server.keys;

import static io.gemproxy.server.keys.PoolFixture.FLASH;
import static io.gemproxy.server.keys.PoolFixture.PRO;
import static io.gemproxy.server.keys.PoolFixture.exhausted;
import static io.gemproxy.server.keys.PoolFixture.lent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyFault;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.QuotaKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class KeyPoolTest {
    private final PoolFixture fixture = new PoolFixture();

    @Test
    void weightsAreExactOverEachCycle() {
        KeyPool pool = fixture.key("a", "pa", 2).key("b", "pb", 1).key("c", "pc", 1).pool();
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 4000; i++) {
            counts.merge(lent(pool, FLASH).key().value(), 1, Integer::sum);
        }
        assertEquals(Map.of("a", 2000, "b", 1000, "c", 1000), counts);
    }

    @Test
    void turnsAreSpreadAndNotBunched() {
        KeyPool pool = fixture.key("a", "pa", 2).key("b", "pb", 1).key("c", "pc", 1).pool();
        String turns = "";
        for (int i = 0; i < 8; i++) {
            turns += lent(pool, FLASH).key().value();
        }
        assertEquals("abcaabca", turns);
    }

    @Test
    void aKeyIsNeverLentTwiceForOneRequest() {
        KeyPool pool = fixture.key("a", "pa", 100).key("b", "pb", 1).pool();
        assertEquals("b", lent(pool, FLASH, "a").key().value());
    }

    @Test
    void aMinuteQuotaRestsTheProjectAndModelOnly() {
        KeyPool pool = fixture.key("a", "shared", 1).key("b", "shared", 1).pool();
        pool.settle(
                lent(pool, FLASH),
                AttemptOutcome.QuotaExceeded.of(
                        QuotaKind.REQUESTS_PER_MINUTE, Optional.of(Duration.ofSeconds(7))));
        assertEquals(Optional.of(Duration.ofSeconds(7)), exhausted(pool, FLASH).retryAfter());
        assertTrue(pool.lend(LendingWish.of(PRO, Optional.empty())) instanceof Lending.Lent);
        fixture.pass(Duration.ofSeconds(7));
        assertTrue(pool.lend(LendingWish.of(FLASH, Optional.empty())) instanceof Lending.Lent);
    }

    @Test
    void aDailyQuotaRestsUntilMidnightInLosAngelesWhateverRetryInfoSays() {
        KeyPool pool = fixture.key("a", "pa", 1).pool();
        fixture.at("2026-11-20T20:00:00Z");
        pool.settle(
                lent(pool, FLASH),
                AttemptOutcome.QuotaExceeded.of(
                        QuotaKind.REQUESTS_PER_DAY, Optional.of(Duration.ofSeconds(44))));
        assertEquals(Optional.of(Duration.ofHours(12)), exhausted(pool, FLASH).retryAfter());
    }

    @Test
    void theQuotaDayFollowsDaylightSaving() {
        KeyPool pool = fixture.key("a", "pa", 1).pool();
        fixture.at("2026-11-01T07:05:00Z");
        pool.settle(
                lent(pool, FLASH),
                AttemptOutcome.QuotaExceeded.of(QuotaKind.REQUESTS_PER_DAY, Optional.empty()));
        assertEquals(
                Optional.of(Duration.ofHours(25).minusMinutes(5)),
                exhausted(pool, FLASH).retryAfter());
    }

    @Test
    void aRefusedKeyIsLeftOutAndSaysWhy() {
        KeyPool pool = fixture.key("a", "pa", 1).key("b", "pb", 1).pool();
        pool.settle(lent(pool, FLASH), new AttemptOutcome.KeyRefused(KeyFault.API_KEY_INVALID));
        for (int i = 0; i < 5; i++) {
            assertEquals("b", lent(pool, FLASH).key().value());
        }
        assertEquals("Invalid", pool.status().getFirst().state());
        assertEquals(Optional.of("api_key_invalid"), pool.status().getFirst().reason());
        assertTrue(pool.anyUsable());
    }

    @Test
    void aPoolOfRefusedKeysSaysSoAtOnce() {
        KeyPool pool = fixture.key("a", "pa", 1).pool();
        pool.settle(lent(pool, FLASH), new AttemptOutcome.KeyRefused(KeyFault.API_KEY_LEAKED));
        assertEquals(Lending.Reason.NO_USABLE_KEY, exhausted(pool, FLASH).reason());
        assertFalse(pool.anyUsable());
    }

    @Test
    void faultsOfTheClientAndOverloadNeverBlameAKey() {
        KeyPool pool = fixture.key("a", "pa", 1).pool();
        for (int i = 0; i < 50; i++) {
            pool.settle(lent(pool, FLASH), new AttemptOutcome.ClientFault(400));
            pool.settle(lent(pool, FLASH), new AttemptOutcome.Overloaded());
        }
        assertEquals("Healthy", pool.status().getFirst().state());
        assertEquals(1.0, pool.status().getFirst().health());
        assertEquals(0, pool.status().getFirst().failures());
    }

    @Test
    void ownLimitOfAKeyHoldsInEveryWindowOfAMinute() {
        KeyPool pool = fixture.key("a", "pa", 1, OptionalInt.of(3)).pool();
        lent(pool, FLASH);
        fixture.pass(Duration.ofSeconds(59));
        lent(pool, FLASH);
        lent(pool, FLASH);
        assertEquals(Optional.of(Duration.ofSeconds(1)), exhausted(pool, FLASH).retryAfter());
        fixture.pass(Duration.ofSeconds(1));
        lent(pool, FLASH);
        assertEquals(Optional.of(Duration.ofSeconds(59)), exhausted(pool, FLASH).retryAfter());
    }

    @Test
    void affinityAdmitsOnlyKeysOfTheProject() {
        KeyPool pool = fixture.key("a", "pa", 1).key("b", "pb", 1).key("b2", "pb", 1).pool();
        for (int i = 0; i < 6; i++) {
            Lending lending = pool.lend(LendingWish.of(FLASH, Optional.of(new ProjectId("pb"))));
            assertTrue(
                    lending instanceof Lending.Lent lent
                            && lent.lease().project().value().equals("pb"));
        }
        Lending gone = pool.lend(LendingWish.of(FLASH, Optional.of(new ProjectId("elsewhere"))));
        assertEquals(new Lending.Exhausted(Lending.Reason.PROJECT_GONE, Optional.empty()), gone);
    }

    @Test
    void anUploadStaysWithItsKey() {
        KeyPool pool = fixture.key("a", "pa", 1).key("b", "pa", 1).pool();
        for (int i = 0; i < 4; i++) {
            Lending lending = pool.lend(LendingWish.only(new KeyId("b")));
            assertTrue(
                    lending instanceof Lending.Lent lent && lent.lease().key().value().equals("b"));
        }
    }

    @Test
    void statusNeverShowsTheKeyItself() {
        KeyPool pool = fixture.key("a", "pa", 1).pool();
        KeyLease lease = lent(pool, FLASH);
        assertFalse((pool.status() + " " + lease).contains("secret-of-a"));
    }

    @Test
    void earliestOpeningIsZeroWhileSomeKeyIsFree() {
        KeyPool pool = fixture.key("a", "pa", 1).key("b", "pb", 1).pool();
        pool.settle(
                lent(pool, FLASH),
                AttemptOutcome.QuotaExceeded.of(QuotaKind.UNKNOWN, Optional.empty()));
        LendingWish wish = LendingWish.of(FLASH, Optional.empty());
        assertEquals(Optional.of(Duration.ZERO), pool.earliestOpening(wish));
        assertTrue(pool.canServe(wish));
    }

    @Test
    void eachChangeOfAKeysStateIsToldOnce() {
        KeyPool pool = fixture.key("a", "pa", 1).key("b", "pb", 1).pool();
        KeyLease lease = lent(pool, FLASH);
        pool.settle(lease, new AttemptOutcome.KeyRefused(KeyFault.API_KEY_INVALID));
        pool.settle(lease, new AttemptOutcome.KeyRefused(KeyFault.API_KEY_INVALID));
        assertEquals(1, fixture.changes.size());
        assertEquals("Invalid", fixture.changes.getFirst().state());
    }

    @Test
    void aKeyBlockedForOneMethodRestsAndComesBack() {
        KeyPool pool = fixture.key("a", "pa", 1).pool();
        pool.settle(
                lent(pool, FLASH), new AttemptOutcome.KeyRefused(KeyFault.API_KEY_SERVICE_BLOCKED));
        assertEquals(Optional.of(Duration.ofMinutes(1)), exhausted(pool, FLASH).retryAfter());
        fixture.pass(Duration.ofMinutes(1));
        assertEquals("a", lent(pool, FLASH).key().value());
    }

    @Test
    void aQuotaThatNamesNoModelRestsTheProjectForSecondsOnly() {
        KeyPool pool = fixture.key("a", "pa", 1).pool();
        pool.settle(
                lent(pool, Optional.empty()),
                AttemptOutcome.QuotaExceeded.of(QuotaKind.REQUESTS_PER_DAY, Optional.empty()));
        assertEquals(Optional.of(Duration.ofSeconds(10)), exhausted(pool, FLASH).retryAfter());
    }
}
