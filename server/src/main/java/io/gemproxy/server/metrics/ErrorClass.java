package io.gemproxy.server.metrics;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.Result;
import java.util.Optional;

/** Whose fault a failed request is, roughly: the first thing an operator asks. */
public enum ErrorClass {
    AUTHENTICATION("authentication"),
    PERMISSION("permission"),
    CLIENT_FAULT("client_fault"),
    RATE_LIMIT("rate_limit"),
    PROXY("proxy"),
    UPSTREAM("upstream"),
    TIMEOUT("timeout"),
    ABORTED("aborted");

    private final String label;

    ErrorClass(String label) {
        this.label = label;
    }

    /** As written in JSON. */
    public String label() {
        return label;
    }

    /** Empty for a success. */
    static Optional<ErrorClass> of(FinishedExchange exchange) {
        return switch (exchange.result()) {
            case SUCCESS -> Optional.empty();
            case ABORTED -> Optional.of(ABORTED);
            case FAILURE, DENIED -> Optional.of(byStatus(exchange));
        };
    }

    private static ErrorClass byStatus(FinishedExchange exchange) {
        int status = exchange.status();
        return status < 400 ? inBand(exchange) : byStatus(status, exchange);
    }

    /** An answer that began well and then said, or showed, that it failed. */
    private static ErrorClass inBand(FinishedExchange exchange) {
        if (exchange.attempts().isEmpty()) {
            return serverSide(exchange);
        }
        return switch (exchange.attempts().getLast().outcome()) {
            case AttemptOutcome.QuotaExceeded _ -> RATE_LIMIT;
            case AttemptOutcome.ClientFault fault -> byStatus(fault.status(), exchange);
            case AttemptOutcome.ServerFault fault -> byStatus(fault.status(), exchange);
            case AttemptOutcome.ResourceUnknown fault -> byStatus(fault.status(), exchange);
            case AttemptOutcome.Succeeded _,
                    AttemptOutcome.KeyRefused _,
                    AttemptOutcome.ProjectRefused _,
                    AttemptOutcome.ModelWithheld _,
                    AttemptOutcome.Overloaded _,
                    AttemptOutcome.EgressRefused _,
                    AttemptOutcome.Unreachable _,
                    AttemptOutcome.Abandoned _ ->
                    serverSide(exchange);
        };
    }

    private static ErrorClass byStatus(int status, FinishedExchange exchange) {
        return switch (status) {
            case 401 -> AUTHENTICATION;
            case 403 -> PERMISSION;
            case 429 -> RATE_LIMIT;
            case 504 -> TIMEOUT;
            default -> isClientFault(status, exchange) ? CLIENT_FAULT : serverSide(exchange);
        };
    }

    /** What is denied without an attempt is the client's doing, though HTTP says 501 or 505. */
    private static boolean isClientFault(int status, FinishedExchange exchange) {
        boolean denied = exchange.attempts().isEmpty() && exchange.result() == Result.DENIED;
        return denied || (status >= 400 && status < 500);
    }

    private static ErrorClass serverSide(FinishedExchange exchange) {
        return exchange.attempts().isEmpty() ? PROXY : UPSTREAM;
    }
}
