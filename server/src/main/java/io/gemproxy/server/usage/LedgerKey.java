package io.gemproxy.server.usage;

import io.gemproxy.server.exchange.Attempt;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.ServiceTier;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What is added up together.
 *
 * @param day of the end of the request, UTC, as its audit record has it
 * @param client its name
 * @param model its name; {@link #NONE} if Google answered for none
 * @param keyId that served it last
 * @param tier in which it was served
 */
public record LedgerKey(LocalDate day, String client, String model, String keyId, String tier) {
    /** Stands where nothing can be named. */
    public static final String NONE = "(none)";

    /** Stands for all beyond the bound. */
    public static final String OTHERS = "(others)";

    static LedgerKey of(FinishedExchange exchange) {
        return new LedgerKey(
                LocalDate.ofInstant(
                        exchange.exchange().startedAt().plus(exchange.duration()), ZoneOffset.UTC),
                exchange.client().map(ClientId::value).orElse(NONE),
                model(exchange),
                key(exchange),
                exchange.tokens()
                        .flatMap(tokens -> tokens.detail().tier())
                        .orElse(ServiceTier.STANDARD)
                        .word());
    }

    /** A name that Google did not answer for may be anybody's invention. */
    private static String model(FinishedExchange exchange) {
        boolean known = exchange.tokens().isPresent() || exchange.upstreamStatus().orElse(0) == 200;
        return known
                ? exchange.exchange().target().model().map(ModelName::value).orElse(NONE)
                : NONE;
    }

    private static String key(FinishedExchange exchange) {
        if (exchange.attempts().isEmpty()) {
            return NONE;
        }
        Attempt last = exchange.attempts().getLast();
        return last.key().value();
    }

    /** The same for all clients and models beyond the bound. */
    LedgerKey ofOthers() {
        return new LedgerKey(day, OTHERS, OTHERS, keyId, tier);
    }
}
