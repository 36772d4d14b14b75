package io.gemproxy.server.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyFault;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys come back by themselves, although nobody sends a request. */
class KeyRecoveryTest {
    private static final KeyId A = new KeyId("a");
    private static final AttemptOutcome REFUSED =
            new AttemptOutcome.KeyRefused(KeyFault.API_KEY_INVALID);

    private final PoolFixture fixture = new PoolFixture().key("a", "pa", 1).key("b", "pb", 1);
    private final KeyPool pool = fixture.pool();

    @Test
    void aQuotaThatOpensMakesAKeyHealthy() {
        rests("quota_requests_per_minute", Duration.ofMinutes(1));
        assertEquals("RateLimited", state());
        fixture.pass(Duration.ofSeconds(61));
        assertEquals("Healthy", state());
    }

    @Test
    void aRestThatEndsMakesAKeyHealthy() {
        rests("billing_disabled", Duration.ofMinutes(10));
        assertEquals("Unhealthy", state());
        fixture.pass(Duration.ofMinutes(11));
        assertEquals("Healthy", state());
    }

    @Test
    void aKeyWhoseBreakerIsOpenIsProbedWhereNoRequestFindsOut() {
        breaks();
        fixture.pass(Duration.ofSeconds(31));
        assertEquals("Unhealthy", state());
        assertEquals(List.of(), pool.probesDue());
        fixture.pass(Duration.ofMinutes(1));
        assertEquals(List.of(A), pool.probesDue());

        probed(new AttemptOutcome.Succeeded());

        assertEquals("Healthy", state());
        assertEquals(List.of(), pool.probesDue());
        assertTrue(pool.view(A).orElseThrow().share() < 1.0, "it comes back slowly");
    }

    @Test
    void aProbeThatFailsOpensTheBreakerAgainForLonger() {
        breaks();
        fixture.pass(Duration.ofSeconds(91));
        probed(new AttemptOutcome.ServerFault(500));
        assertEquals("Unhealthy", state());
        assertEquals(
                fixture.wall().plusSeconds(60),
                pool.view(A).orElseThrow().state().until().orElseThrow());
        fixture.pass(Duration.ofSeconds(119));
        assertEquals(List.of(), pool.probesDue());
        fixture.pass(Duration.ofSeconds(2));
        assertEquals(List.of(A), pool.probesDue());
    }

    @Test
    void aProbeThatSaysNothingIsMadeAgainAfterAMinute() {
        breaks();
        fixture.pass(Duration.ofSeconds(91));
        probed(new AttemptOutcome.Unreachable("timeout", true));
        assertEquals("Unhealthy", state());
        assertEquals(List.of(), pool.probesDue());
        fixture.pass(Duration.ofSeconds(61));
        assertEquals(List.of(A), pool.probesDue());
    }

    @Test
    void aRequestThatFindsOutLeavesNothingToProbe() {
        breaks();
        fixture.pass(Duration.ofSeconds(80));
        KeyLease lease = PoolFixture.lent(pool, PoolFixture.FLASH, "b");
        fixture.pass(Duration.ofSeconds(20));
        assertEquals(List.of(), pool.probesDue());
        pool.settle(lease, new AttemptOutcome.Succeeded());
        fixture.pass(Duration.ofSeconds(30));
        assertEquals(List.of(), pool.probesDue());
        fixture.pass(Duration.ofSeconds(30));
        assertEquals(List.of(A), pool.probesDue());
    }

    @Test
    void aRefusedKeyThatIsMendedAtGoogleServesWithinSixHours() {
        pool.settle(PoolFixture.lent(pool, PoolFixture.FLASH, "b"), REFUSED);
        Instant start = fixture.wall();
        Instant mended = start.plus(Duration.ofHours(30));
        int asked = 0;
        while (state().equals("Invalid")) {
            fixture.pass(Duration.ofSeconds(10));
            boolean works = !fixture.wall().isBefore(mended);
            assertTrue(
                    fixture.wall().isBefore(mended.plus(Duration.ofHours(6)).plusSeconds(20)),
                    "still refused");
            if (!pool.probesDue().isEmpty()) {
                probed(works ? new AttemptOutcome.Succeeded() : REFUSED);
                asked++;
            }
        }
        assertTrue(asked <= 14, asked + " questions in 36 hours");
        assertEquals("Healthy", state());
    }

    private void rests(String reason, Duration time) {
        PoolFixture.block(
                pool,
                new Block(
                        new Scope.InProject(new ProjectId("pa")),
                        reason,
                        fixture.wall().plus(time),
                        false));
    }

    private void breaks() {
        for (int i = 0; i < 5; i++) {
            pool.settle(
                    PoolFixture.lent(pool, PoolFixture.FLASH, "b"),
                    new AttemptOutcome.ServerFault(500));
        }
        assertEquals("Unhealthy", state());
    }

    private void probed(AttemptOutcome outcome) {
        pool.probed(pool.lendForProbe(A).orElseThrow(), outcome);
    }

    private String state() {
        return pool.view(A).orElseThrow().state().word();
    }
}
