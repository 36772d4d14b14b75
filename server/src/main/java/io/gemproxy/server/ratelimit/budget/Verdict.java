package io.gemproxy.server.ratelimit.budget;

import io.gemproxy.server.ratelimit.Allowance;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Judges a wish by what was taken before. */
final class Verdict {
    /** When a request that still runs may give something back is not known. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private Verdict() {}

    /** Why the amounts may not be taken; empty if they may. */
    static Optional<BudgetDecision> against(Tally tally, Caps caps, Amounts amounts, Instant now) {
        if (!caps.any() || amounts.equals(Amounts.ZERO)) {
            return Optional.empty();
        }
        if (!tally.sound()) {
            return Optional.of(new BudgetDecision.Unknown(caps.scope(), tally.left(now)));
        }
        return tally.excess(caps, amounts).map(it -> refusal(tally, caps, it, now));
    }

    private static BudgetDecision refusal(
            Tally tally, Caps caps, Tally.Excess excess, Instant now) {
        if (excess.never()) {
            return new BudgetDecision.NeverFits(excess.policy(), excess.wanted());
        }
        Allowance allowance =
                tally.allowances(caps, now).stream()
                        .filter(it -> it.policy() == excess.policy())
                        .findFirst()
                        .orElseThrow();
        return new BudgetDecision.Exceeded(allowance, excess.soon() ? SOON : tally.left(now));
    }
}
