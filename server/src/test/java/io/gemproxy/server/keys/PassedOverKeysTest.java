package io.gemproxy.server.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.PassedOver;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.SkippedKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PassedOverKeysTest {
    private final PoolFixture fixture =
            new PoolFixture()
                    .key("free", "p0", 1)
                    .key("off", "p1", 1)
                    .key("dead", "p2", 1)
                    .key("full", "p3", 1)
                    .key("resting", "p4", 1, OptionalInt.empty());
    private final KeyPool pool = fixture.pool();
    private final Instant later = fixture.wall().plus(Duration.ofMinutes(3));

    @Test
    void eachReasonIsNamedWithItsEndAndAFreeKeyIsNot() {
        pool.disable(new KeyId("off"));
        block(new Scope.Key(new KeyId("dead")), "api_key_leaked", Instant.MAX);
        block(
                new Scope.ProjectModel(new ProjectId("p3"), PoolFixture.FLASH.orElseThrow()),
                "quota_requests_per_minute",
                later);
        block(new Scope.InProject(new ProjectId("p4")), "billing_disabled", later);

        assertEquals(
                List.of(
                        "off disabled_by_operator Optional.empty",
                        "dead api_key_leaked Optional.empty",
                        "full quota_requests_per_minute " + Optional.of(later),
                        "resting billing_disabled " + Optional.of(later)),
                words(wish()));
    }

    @Test
    void aRestOfOneModelIsNoneOfAnother() {
        block(
                new Scope.ProjectModel(new ProjectId("p3"), PoolFixture.FLASH.orElseThrow()),
                "quota_requests_per_minute",
                later);

        assertEquals(List.of(), words(LendingWish.of(PoolFixture.PRO, Optional.empty())));
    }

    @Test
    void keysThisRequestTriedComeFirst() {
        block(new Scope.Key(new KeyId("dead")), "api_key_leaked", Instant.MAX);

        assertEquals(
                List.of("free already_tried Optional.empty", "dead api_key_leaked Optional.empty"),
                words(wish().without(Set.of(new KeyId("free")), Set.of())));
        assertEquals(
                List.of("dead already_tried Optional.empty"),
                words(wish().without(Set.of(new KeyId("dead")), Set.of())));
    }

    @Test
    void aWishBoundToAProjectIsAnsweredForItsKeysOnly() {
        block(new Scope.Key(new KeyId("dead")), "api_key_leaked", Instant.MAX);
        block(new Scope.Key(new KeyId("full")), "api_key_invalid", Instant.MAX);

        assertEquals(
                List.of("full api_key_invalid Optional.empty"),
                words(LendingWish.of(PoolFixture.FLASH, Optional.of(new ProjectId("p3")))));
    }

    @Test
    void requestsOfTheSameMomentShareOneLook() {
        assertEquals(List.of(), words(wish()));
        pool.disable(new KeyId("off"));
        fixture.pass(Duration.ofMillis(200));
        assertEquals(List.of(), words(wish()));

        fixture.pass(Duration.ofMillis(60));

        assertEquals(List.of("off disabled_by_operator Optional.empty"), words(wish()));
    }

    @Test
    void twentyAreNamedAndTheOthersCountedByReason() {
        PoolFixture large = new PoolFixture();
        for (int i = 0; i < 50; i++) {
            large.key("key-" + i, "p-" + i, 1);
        }
        KeyPool pooled = large.pool();
        for (int i = 0; i < 45; i++) {
            KeyId key = new KeyId("key-" + i);
            if (i % 5 == 0) {
                PoolFixture.block(
                        pooled,
                        new Block(new Scope.Key(key), "api_key_leaked", Instant.MAX, false));
            } else {
                pooled.disable(key);
            }
        }

        SkippedKeys skipped = pooled.passedOver(wish());

        assertEquals(SkippedKeys.MOST_NAMED, skipped.named().size());
        assertEquals(
                List.of(
                        new SkippedKeys.Count("disabled_by_operator", 20),
                        new SkippedKeys.Count("api_key_leaked", 5)),
                skipped.more());
        SkippedKeys again =
                pooled.passedOver(wish().without(Set.of(new KeyId("key-49")), Set.of()));
        assertEquals("already_tried", again.named().getFirst().reason());
        assertEquals(SkippedKeys.MOST_NAMED, again.named().size());
        assertEquals(26, again.more().stream().mapToInt(SkippedKeys.Count::keys).sum());
    }

    private static LendingWish wish() {
        return LendingWish.of(PoolFixture.FLASH, Optional.empty());
    }

    private void block(Scope scope, String reason, Instant until) {
        PoolFixture.block(pool, new Block(scope, reason, until, false));
    }

    private List<String> words(LendingWish wish) {
        return pool.passedOver(wish).named().stream().map(PassedOverKeysTest::word).toList();
    }

    private static String word(PassedOver key) {
        return key.key() + " " + key.reason() + " " + key.until();
    }
}
