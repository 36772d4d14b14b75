package io.gemproxy.server.metrics;

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
        return switch (status) {
            case 401 -> AUTHENTICATION;
            case 403 -> PERMISSION;
            case 429 -> RATE_LIMIT;
            case 504 -> TIMEOUT;
            default -> isClientFault(exchange) ? CLIENT_FAULT : serverSide(exchange);
        };
    }

    /** What is denied without an attempt is the client's doing, though HTTP says 501 or 505. */
    private static boolean isClientFault(FinishedExchange exchange) {
        boolean denied = exchange.attempts().isEmpty() && exchange.result() == Result.DENIED;
        return denied || (exchange.status() >= 400 && exchange.status() < 500);
    }

    private static ErrorClass serverSide(FinishedExchange exchange) {
        return exchange.attempts().isEmpty() ? PROXY : UPSTREAM;
    }
}
