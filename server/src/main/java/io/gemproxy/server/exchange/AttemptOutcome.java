package io.gemproxy.server.exchange;

import java.time.Duration;
import java.util.Optional;

/**
 * What one upstream attempt says about key, project, model and client (Gemini error bodies, not
 * status alone).
 */
public sealed interface AttemptOutcome {
    /** A stable word for logs, audit and metrics. */
    String label();

    /** The upstream answered the request. */
    record Succeeded() implements AttemptOutcome {
        @Override
        public String label() {
            return "success";
        }
    }

    /**
     * The client's own fault (bad request, unknown model, missing resource, safety block): nobody
     * else is blamed.
     */
    record ClientFault(int status) implements AttemptOutcome {
        @Override
        public String label() {
            return "client_fault";
        }
    }

    /**
     * The key will not work until somebody mends it.
     *
     * @param reason Google's reason, e.g. {@code API_KEY_INVALID}, or our word for a message
     *     without one
     */
    record KeyRefused(String reason) implements AttemptOutcome {
        @Override
        public String label() {
            return "key_refused";
        }
    }

    /**
     * The whole project is refused (API disabled, suspended, prepaid credit or spending cap used
     * up).
     */
    record ProjectRefused(String reason, Optional<Duration> retryAfter) implements AttemptOutcome {
        @Override
        public String label() {
            return "project_refused";
        }
    }

    /**
     * A quota of project and model is used up.
     *
     * @param period what kind of window is exhausted
     * @param retryAfter what RetryInfo or the message says
     */
    record QuotaExceeded(QuotaPeriod period, Optional<Duration> retryAfter)
            implements AttemptOutcome {
        @Override
        public String label() {
            return "quota_exceeded";
        }
    }

    /** The model has no capacity (503); another key would not help. */
    record Overloaded() implements AttemptOutcome {
        @Override
        public String label() {
            return "overloaded";
        }
    }

    /** Google failed (500, 504 and their like). */
    record ServerFault(int status) implements AttemptOutcome {
        @Override
        public String label() {
            return "server_fault";
        }
    }

    /** Our egress address is refused (location, automated queries): no key is to blame. */
    record EgressRefused(String reason) implements AttemptOutcome {
        @Override
        public String label() {
            return "egress_refused";
        }
    }

    /**
     * No complete answer head arrived.
     *
     * @param reason a stable word: {@code connect}, {@code tls}, {@code reset}, {@code timeout},
     *     {@code malformed}
     * @param mayHaveActed whether Google may have begun to act on the request
     */
    record Unreachable(String reason, boolean mayHaveActed) implements AttemptOutcome {
        @Override
        public String label() {
            return "unreachable_" + reason;
        }
    }

    /** The client left before an answer. */
    record Abandoned() implements AttemptOutcome {
        @Override
        public String label() {
            return "abandoned";
        }
    }
}
