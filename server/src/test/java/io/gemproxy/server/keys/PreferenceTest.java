package io.gemproxy.server.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyFault;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A wish that prefers projects, where nothing else is in the way. */
class PreferenceTest {
    private static final ProjectId ONE = new ProjectId("one");
    private static final ProjectId TWO = new ProjectId("two");

    private final PoolFixture fixture = new PoolFixture();

    private static LendingWish preferring(double reserve, ProjectId... projects) {
        List<Preference> preferences = new ArrayList<>();
        for (ProjectId project : projects) {
            preferences.add(new Preference(project, reserve));
        }
        return LendingWish.of(PoolFixture.FLASH, Optional.empty()).preferring(preferences);
    }

    private static KeyLease lent(KeyPool pool, LendingWish wish) {
        return ((Lending.Lent) pool.lend(wish)).lease();
    }

    private static List<String> lentTo(KeyPool pool, LendingWish wish, int times) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            keys.add(lent(pool, wish).key().value());
        }
        return keys;
    }

    private PoolFixture twoLimited(long requestsPerMinute) {
        return fixture.limited("a", "one", OptionalLong.of(requestsPerMinute))
                .limited("b", "two", OptionalLong.of(100));
    }

    @Test
    void aPreferredProjectServesWithAllItsKeysWhateverTheWeights() {
        KeyPool pool = fixture.key("a1", "one", 1).key("a2", "one", 1).key("b", "two", 100).pool();
        assertEquals(Set.of("a1", "a2"), Set.copyOf(lentTo(pool, preferring(0.0, ONE), 10)));
    }

    @Test
    void aFullProjectIsPassedOverUntilItHasRoomAgain() {
        KeyPool pool = twoLimited(4).pool();
        assertEquals(List.of("a", "a", "a", "a", "b", "b"), lentTo(pool, preferring(0.0, ONE), 6));
        fixture.pass(Duration.ofSeconds(61));
        assertEquals(List.of("a"), lentTo(pool, preferring(0.0, ONE), 1));
    }

    @Test
    void aReserveIsLeftToThoseWhoMayUseIt() {
        KeyPool pool = twoLimited(4).pool();
        lentTo(pool, preferring(0.0, ONE), 3);
        assertEquals("b", lent(pool, preferring(0.25, ONE, TWO)).key().value());
        assertEquals("a", lent(pool, preferring(0.0, ONE, TWO)).key().value());
    }

    @Test
    void aRestingProjectIsPassedOverForTheNextPreference() {
        KeyPool pool = fixture.key("a", "one", 1).key("b", "two", 1).key("c", "three", 1).pool();
        PoolFixture.settle(
                pool,
                lent(pool, preferring(0.0, TWO)),
                new AttemptOutcome.KeyRefused(KeyFault.API_KEY_INVALID));
        assertEquals(Set.of("a"), Set.copyOf(lentTo(pool, preferring(0.0, TWO, ONE), 5)));
    }

    @Test
    void neitherATriedKeyNorAProjectOfThePastIsPreferred() {
        KeyPool pool = fixture.key("a", "one", 1).key("b", "two", 1).pool();
        LendingWish again = preferring(0.0, ONE).without(Set.of(new KeyId("a")), Set.of());
        assertEquals("b", lent(pool, again).key().value());
        LendingWish gone = preferring(0.0, new ProjectId("gone"));
        assertEquals(Set.of("a", "b"), Set.copyOf(lentTo(pool, gone, 4)));
    }

    @Test
    void aResourceOfAnotherProjectWins() {
        KeyPool pool = fixture.key("a", "one", 1).key("b", "two", 1).pool();
        LendingWish bound =
                LendingWish.of(PoolFixture.FLASH, Optional.of(TWO))
                        .preferring(List.of(new Preference(ONE, 0.0)));
        assertEquals(TWO, lent(pool, bound).project());
    }

    @Test
    void wishesWithoutPreferenceGoRoundAsEver() {
        KeyPool pool = fixture.key("a", "one", 1).key("b", "two", 1).pool();
        lentTo(pool, preferring(0.0, ONE), 5);
        List<String> usual = lentTo(pool, LendingWish.of(PoolFixture.FLASH, Optional.empty()), 2);
        assertNotEquals(usual.get(0), usual.get(1));
    }
}
