package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.AttemptOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Applies what an outcome means to the key and its project. */
final class OutcomeEffects {
    private static final Duration LONGEST = Duration.ofDays(32);

    private final Consequences consequences;
    private final InstantSource clock;
    private final LongSupplier nanoTime;

    OutcomeEffects(InstantSource clock, LongSupplier nanoTime) {
        this.consequences = new Consequences(clock);
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    void draw(UpstreamKey key, KeyLease lease, AttemptOutcome outcome) {
        switch (outcome) {
            case AttemptOutcome.ProjectRefused _,
                    AttemptOutcome.QuotaExceeded _,
                    AttemptOutcome.ServerFault _ ->
                    key.failed();
            case AttemptOutcome.Succeeded _ -> key.succeeded();
            case AttemptOutcome.KeyRefused _,
                    AttemptOutcome.ModelWithheld _,
                    AttemptOutcome.ResourceUnknown _,
                    AttemptOutcome.Unreachable _,
                    AttemptOutcome.ClientFault _,
                    AttemptOutcome.Overloaded _,
                    AttemptOutcome.EgressRefused _,
                    AttemptOutcome.Abandoned _ -> {}
        }
        consequences.of(lease, outcome).forEach(block -> apply(block, key));
    }

    private void apply(Block block, UpstreamKey key) {
        switch (block.scope()) {
            case Scope.Key _ -> {
                if (block.until().equals(Instant.MAX)) {
                    key.refused(block.reason(), clock.instant());
                } else {
                    key.rest(cooldown(block));
                }
            }
            case Scope.InProject _, Scope.BillingAccount _ -> key.project().rest(cooldown(block));
            case Scope.ProjectModel scope ->
                    key.project()
                            .rest(
                                    Optional.of(scope.model()),
                                    cooldown(block),
                                    nanoTime.getAsLong());
            case Scope.Model _, Scope.Egress _ -> {}
        }
    }

    private Cooldown cooldown(Block block) {
        Duration wait = Duration.between(clock.instant(), block.until());
        Duration bounded = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        return new Cooldown(nanoTime.getAsLong() + bounded.toNanos(), block.reason());
    }
}
