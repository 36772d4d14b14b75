package io.gemproxy.server.keys;

import static io.gemproxy.server.keys.PoolFixture.FLASH;
import static io.gemproxy.server.keys.PoolFixture.PRO;
import static io.gemproxy.server.keys.PoolFixture.exhausted;
import static io.gemproxy.server.keys.PoolFixture.lent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Only what a block names rests, only until then; and how keys come back. */
class PoolScopesTest {
    private final PoolFixture fixture = new PoolFixture();

    private Block forAMinute(Scope scope) {
        return new Block(scope, "quota_requests_per_minute", fixture.wall().plusSeconds(60), true);
    }

    private Set<String> serving(KeyPool pool, int turns) {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < turns; i++) {
            keys.add(lent(pool, FLASH).key().value());
        }
        return keys;
    }

    @Test
    void aBlockOfAKeyLeavesTheOtherKeysOfItsProject() {
        KeyPool pool = fixture.key("a", "p", 1).key("b", "p", 1).key("c", "q", 1).pool();
        PoolFixture.block(pool, forAMinute(new Scope.Key(new KeyId("a"))));
        assertEquals(Set.of("b", "c"), serving(pool, 20));
        fixture.pass(Duration.ofMinutes(1));
        assertEquals(Set.of("a", "b", "c"), serving(pool, 20));
    }

    @Test
    void aBlockOfAProjectLeavesTheOthers() {
        KeyPool pool = fixture.key("a", "p", 1).key("b", "p", 1).key("c", "q", 1).pool();
        PoolFixture.block(pool, forAMinute(new Scope.InProject(new ProjectId("p"))));
        assertEquals(Set.of("c"), serving(pool, 20));
    }

    @Test
    void aBlockOfABillingAccountHoldsForAllItsProjects() {
        KeyPool pool =
                fixture.billed("a", "p", "acme").billed("b", "q", "acme").key("c", "r", 1).pool();
        PoolFixture.block(pool, forAMinute(new Scope.BillingAccount("acme")));
        assertEquals(Set.of("c"), serving(pool, 20));
        assertEquals("RateLimited", pool.status().get(1).state());
    }

    @Test
    void anOverloadedModelCoolsNoKey() {
        KeyPool pool = fixture.key("a", "p", 1).pool();
        PoolFixture.block(
                pool,
                new Block(
                        new Scope.Model(FLASH.orElseThrow()),
                        "model_overloaded",
                        fixture.wall().plusSeconds(5),
                        false));
        assertEquals(Lending.Reason.MODEL_OVERLOADED, exhausted(pool, FLASH).reason());
        assertEquals("a", lent(pool, PRO).key().value());
        assertEquals("Healthy", pool.status().getFirst().state());
        fixture.pass(Duration.ofSeconds(5));
        assertEquals("a", lent(pool, FLASH).key().value());
    }

    @Test
    void aRefusedEgressHoldsForEverything() {
        KeyPool pool = fixture.key("a", "p", 1).pool();
        PoolFixture.block(pool, forAMinute(new Scope.Egress()));
        assertEquals(Lending.Reason.EGRESS_REFUSED, exhausted(pool, PRO).reason());
    }

    @Test
    void oneRequestAsksEarlyWhetherALongRestIsOverAndItsSuccessEndsIt() {
        KeyPool pool = fixture.key("a", "p", 1).pool();
        PoolFixture.block(
                pool, forAMinute(new Scope.ProjectModel(new ProjectId("p"), FLASH.orElseThrow())));
        fixture.pass(Duration.ofSeconds(29));
        exhausted(pool, FLASH);
        fixture.pass(Duration.ofSeconds(1));
        KeyLease asking = lent(pool, FLASH);
        exhausted(pool, FLASH);
        pool.settle(asking, new AttemptOutcome.Succeeded());
        assertEquals("a", lent(pool, FLASH).key().value());
        assertEquals("Healthy", pool.status().getFirst().state());
    }

    @Test
    void aRestIsAskedOnceAlsoWhenTheAnswerIsThatItGoesOn() {
        KeyPool pool = fixture.key("a", "p", 1).pool();
        Scope scope = new Scope.ProjectModel(new ProjectId("p"), FLASH.orElseThrow());
        PoolFixture.block(pool, forAMinute(scope));
        fixture.pass(Duration.ofSeconds(30));
        lent(pool, FLASH);
        PoolFixture.block(pool, forAMinute(scope));
        fixture.pass(Duration.ofSeconds(45));
        assertEquals(Optional.of(Duration.ofSeconds(15)), exhausted(pool, FLASH).retryAfter());
    }

    @Test
    void anInvalidKeyIsProbedLaterAndComesBackSlowly() {
        KeyPool pool = fixture.key("a", "p", 1).key("b", "q", 1).pool();
        PoolFixture.block(
                pool,
                new Block(new Scope.Key(new KeyId("a")), "api_key_invalid", Instant.MAX, false));
        assertTrue(pool.probesDue().isEmpty());
        fixture.pass(Duration.ofMinutes(5));
        assertEquals(java.util.List.of(new KeyId("a")), pool.probesDue());
        KeyLease probe = pool.lendForProbe(new KeyId("a")).orElseThrow();
        pool.probed(probe, new AttemptOutcome.Succeeded());
        assertTrue(pool.probesDue().isEmpty());
        KeyView view = pool.view(new KeyId("a")).orElseThrow();
        assertInstanceOf(KeyState.Healthy.class, view.state());
        assertEquals(0.1, view.share(), 0.001);
        assertEquals(Set.of("a", "b"), serving(pool, 40));
    }

    @Test
    void aDisabledKeyServesNobodyUntilItIsEnabled() {
        KeyPool pool = fixture.key("a", "p", 1).key("b", "q", 1).pool();
        assertTrue(pool.disable(new KeyId("a")));
        assertEquals(Set.of("b"), serving(pool, 10));
        assertEquals("Disabled", pool.status().getFirst().state());
        assertTrue(pool.enable(new KeyId("a")));
        assertEquals(Set.of("a", "b"), serving(pool, 40));
    }

    @Test
    void failuresInARowOpenTheBreakerButNeverRefuseTheLastKey() {
        KeyPool pool = fixture.key("a", "p", 1).key("b", "q", 1).pool();
        for (int i = 0; i < 20; i++) {
            KeyLease lease = lent(pool, FLASH);
            pool.settle(
                    lease,
                    lease.key().value().equals("a")
                            ? new AttemptOutcome.ServerFault(500)
                            : new AttemptOutcome.Succeeded());
        }
        assertEquals("Unhealthy", pool.status().getFirst().state());
        assertEquals(Set.of("b"), serving(pool, 10));
        pool.disable(new KeyId("b"));
        assertEquals("a", lent(pool, FLASH).key().value());
    }

    @Test
    void aSnapshotRestoresBlocksDisabledKeysAndTheDaysUse() {
        KeyPool pool = fixture.key("a", "p", 1).key("b", "q", 1).key("c", "r", 1).pool();
        PoolFixture.block(
                pool, forAMinute(new Scope.ProjectModel(new ProjectId("p"), FLASH.orElseThrow())));
        PoolFixture.block(
                pool,
                new Block(new Scope.Key(new KeyId("b")), "api_key_leaked", Instant.MAX, false));
        pool.disable(new KeyId("c"));
        lent(pool, PRO);
        PoolState state = pool.snapshot();
        KeyPool next = fixture.pool();
        next.restore(state);
        assertEquals(
                java.util.List.of("RateLimited", "Invalid", "Disabled"),
                next.status().stream().map(key -> key.state()).toList());
        assertEquals(state, next.snapshot());
        assertEquals(1, next.view(new KeyId("a")).orElseThrow().models().getLast().requestsToday());
        fixture.pass(Duration.ofMinutes(1));
        assertEquals("a", lent(next, FLASH).key().value());
    }

    @Test
    void nothingIsRememberedOfAKeyWhoseValueWasReplaced() {
        KeyPool pool = fixture.key("a", "p", 1).pool();
        PoolFixture.block(
                pool,
                new Block(new Scope.Key(new KeyId("a")), "api_key_leaked", Instant.MAX, false));
        PoolState state = pool.snapshot();
        PoolState.KeyHealth known = state.health().getFirst();
        PoolState ofAnother =
                new PoolState(
                        state.blocks(),
                        state.disabled(),
                        state.uses(),
                        java.util.List.of(new PoolState.KeyHealth(known.id(), "another", 0.1, 0)));
        KeyPool next = fixture.pool();
        next.restore(ofAnother);
        assertEquals("Healthy", next.status().getFirst().state());
        assertEquals(known, next.snapshot().health().getFirst());
    }

    @Test
    void aProjectAtItsKnownLimitIsRefusedEarlyUnderMostHeadroom() {
        KeyPool pool =
                fixture.selecting(KeysConfig.Selection.MOST_HEADROOM)
                        .limited("a", "p", OptionalLong.of(3))
                        .limited("b", "q", OptionalLong.of(6))
                        .pool();
        int ofB = 0;
        for (int i = 0; i < 9; i++) {
            ofB += lent(pool, FLASH).key().value().equals("b") ? 1 : 0;
        }
        assertEquals(6, ofB);
        assertEquals(Lending.Reason.COOLING, exhausted(pool, FLASH).reason());
        assertTrue(exhausted(pool, FLASH).retryAfter().orElseThrow().toSeconds() <= 61);
        fixture.pass(Duration.ofSeconds(61));
        lent(pool, FLASH);
    }

    @Test
    void theKeyWithTheFewestRunningRequestsIsChosenUnderLeastLoaded() {
        KeyPool pool =
                fixture.selecting(KeysConfig.Selection.LEAST_LOADED)
                        .key("a", "p", 2)
                        .key("b", "q", 1)
                        .pool();
        int ofA = 0;
        for (int i = 0; i < 30; i++) {
            ofA += lent(pool, FLASH).key().value().equals("a") ? 1 : 0;
        }
        assertEquals(20, ofA, 1);
    }
}
