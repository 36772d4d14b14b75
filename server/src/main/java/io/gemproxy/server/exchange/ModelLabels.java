package io.gemproxy.server.exchange;

import io.gemproxy.server.gemini.ModelName;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The bounded set of model names that may be labels: only a name Google itself has shown to know,
 * so that a client cannot fill the set with inventions.
 */
public final class ModelLabels {
    /** For a request whose path names no model. */
    public static final String NONE = "none";

    /** For a name Google does not know, or one beyond the bound. */
    public static final String OTHER = "other";

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,63}");

    private final int bound;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /**
     * @param bound names there may be; later ones are {@link #OTHER}
     */
    public ModelLabels(int bound) {
        this.bound = bound;
    }

    /** The label of an exchange. */
    public String of(FinishedExchange exchange) {
        Optional<ModelName> model = exchange.exchange().target().model();
        if (model.isEmpty()) {
            return NONE;
        }
        return label(model.get().value(), exchange);
    }

    /** The label of the model that an answer of Google's says it is of; empty if it says none. */
    public Optional<String> ofAnswer(FinishedExchange exchange) {
        return exchange.answer().model().map(name -> label(name, exchange));
    }

    private String label(String name, FinishedExchange exchange) {
        return known.contains(name) || admit(name, exchange) ? name : OTHER;
    }

    private synchronized boolean admit(String name, FinishedExchange exchange) {
        return known.size() < bound
                && googleKnowsModel(exchange)
                && SANE.matcher(name).matches()
                && (known.add(name) || known.contains(name));
    }

    private static boolean googleKnowsModel(FinishedExchange exchange) {
        for (Attempt attempt : exchange.attempts()) {
            if (provesModel(attempt.outcome())) {
                return true;
            }
        }
        return false;
    }

    private static boolean provesModel(AttemptOutcome outcome) {
        return switch (outcome) {
            case AttemptOutcome.Succeeded _,
                    AttemptOutcome.QuotaExceeded _,
                    AttemptOutcome.Overloaded _ ->
                    true;
            case AttemptOutcome.ClientFault _,
                    AttemptOutcome.ResourceUnknown _,
                    AttemptOutcome.ModelWithheld _,
                    AttemptOutcome.KeyRefused _,
                    AttemptOutcome.ProjectRefused _,
                    AttemptOutcome.ServerFault _,
                    AttemptOutcome.EgressRefused _,
                    AttemptOutcome.Unreachable _,
                    AttemptOutcome.Abandoned _ ->
                    false;
        };
    }
}
