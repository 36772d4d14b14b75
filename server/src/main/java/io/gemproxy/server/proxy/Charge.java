package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Estimate;
import io.gemproxy.server.gemini.Counting;
import io.gemproxy.server.gemini.TokenUsage;
import io.gemproxy.server.ratelimit.budget.Amounts;
import io.gemproxy.server.usage.Pricing;
import java.util.Optional;

/** What a finished request is charged in the place of its reservation. */
final class Charge {
    private final Pricing pricing;
    private final Estimates estimates;

    Charge(Pricing pricing) {
        this.pricing = pricing;
        this.estimates = new Estimates(pricing);
    }

    Estimates estimates() {
        return estimates;
    }

    /**
     * What the answer counted, if it did; where that is a guess, no less than was reserved. Else by
     * what became of the last attempt: an answer that began costs the whole reservation, so that
     * nobody gains by leaving early; a request that Google may have begun to work on costs its
     * prompt; what Google refused costs nothing.
     */
    Amounts of(Progress progress, Estimate reserved) {
        Optional<TokenUsage> usage = progress.usage();
        if (usage.isPresent()) {
            Cost cost =
                    progress.charged()
                            .orElseGet(() -> pricing.cost(progress.exchange(), usage.get()));
            boolean guessed = usage.get().detail().counting() == Counting.ESTIMATED;
            Amounts counted = new Amounts(0, usage.get().total(), cost.picodollars());
            return guessed ? counted.atLeast(amounts(reserved)) : counted;
        }
        return progress.lastOutcome()
                .map(outcome -> uncounted(outcome, progress, reserved))
                .orElse(Amounts.ZERO);
    }

    private Amounts uncounted(AttemptOutcome outcome, Progress progress, Estimate reserved) {
        return switch (outcome) {
            case AttemptOutcome.Succeeded _ -> amounts(reserved);
            case AttemptOutcome.Abandoned _ -> prompt(progress, reserved);
            case AttemptOutcome.Unreachable it ->
                    it.mayHaveActed() ? prompt(progress, reserved) : Amounts.ZERO;
            case AttemptOutcome.ClientFault _,
                    AttemptOutcome.ResourceUnknown _,
                    AttemptOutcome.ModelWithheld _,
                    AttemptOutcome.KeyRefused _,
                    AttemptOutcome.ProjectRefused _,
                    AttemptOutcome.QuotaExceeded _,
                    AttemptOutcome.Overloaded _,
                    AttemptOutcome.ServerFault _,
                    AttemptOutcome.EgressRefused _ ->
                    Amounts.ZERO;
        };
    }

    private Amounts prompt(Progress progress, Estimate reserved) {
        return amounts(estimates.promptOnly(progress.exchange(), reserved));
    }

    static Amounts amounts(Estimate estimate) {
        return new Amounts(0, estimate.tokens(), estimate.picodollars());
    }
}
