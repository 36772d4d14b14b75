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

    /**
     * @param files what is known of the files that requests name
     */
    Charge(Pricing pricing, NamedFiles files) {
        this.pricing = pricing;
        this.estimates = new Estimates(pricing, files);
    }

    Estimates estimates() {
        return estimates;
    }

    /**
     * What the answer counted or cost, if it says; where that is a guess, no less than was
     * reserved. Else by what became of the last attempt: an answer that began costs the whole
     * reservation, so that nobody gains by leaving early; a request that Google may have begun to
     * work on costs its prompt; what Google refused costs nothing.
     */
    Amounts of(Progress progress, Estimate reserved) {
        Optional<TokenUsage> usage = progress.usage();
        if (usage.isPresent()) {
            boolean guessed = usage.get().detail().counting() == Counting.ESTIMATED;
            Amounts counted = counted(usage.get(), progress);
            return guessed ? counted.atLeast(amounts(reserved)) : counted;
        }
        Optional<Cost> known = progress.charged().filter(cost -> !cost.unpriced());
        if (known.isPresent()) {
            return new Amounts(0, 0, known.get().picodollars());
        }
        return progress.lastOutcome()
                .map(outcome -> uncounted(outcome, reserved))
                .orElse(Amounts.ZERO);
    }

    /** What the answer counted that was not foreseen: the results of a batch, a cache's storage. */
    Amounts unreserved(Progress progress) {
        return progress.usage()
                .map(usage -> counted(usage, progress))
                .or(() -> progress.charged().map(it -> new Amounts(0, 0, it.picodollars())))
                .orElse(Amounts.ZERO);
    }

    /** Of a total and parts that do not agree the larger. */
    private Amounts counted(TokenUsage usage, Progress progress) {
        Cost cost = progress.charged().orElseGet(() -> pricing.cost(progress.exchange(), usage));
        return new Amounts(0, Math.max(usage.total(), usage.sum()), cost.picodollars());
    }

    private static Amounts uncounted(AttemptOutcome outcome, Estimate reserved) {
        return switch (outcome) {
            case AttemptOutcome.Succeeded _ -> amounts(reserved);
            case AttemptOutcome.Abandoned _ -> amounts(reserved.prompt());
            case AttemptOutcome.Unreachable it ->
                    it.mayHaveActed() ? amounts(reserved.prompt()) : Amounts.ZERO;
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

    static Amounts amounts(Estimate estimate) {
        return new Amounts(0, estimate.tokens(), estimate.picodollars());
    }
}
