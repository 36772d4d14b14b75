package io.gemproxy.server.exchange;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What one upstream attempt says about key, project, model and client (Gemini error bodies, not
 * status alone). Which of them rests, and until when, is the pool's to say.
 */
public sealed interface AttemptOutcome {
    /** A stable word for logs, audit and metrics. */
    String label();

    /** A stable word that says more than {@link #label}, e.g. {@code quota_requests_per_day}. */
    default String reason() {
        return label();
    }

    /** The upstream answered the request. */
    record Succeeded() implements AttemptOutcome {
        @Override
        public String label() {
            return "success";
        }
    }

    /** The client's own fault (bad request, unknown model, safety block): nobody else is blamed. */
    record ClientFault(int status) implements AttemptOutcome {
        @Override
        public String label() {
            return "client_fault";
        }
    }

    /**
     * The request names a file, cache, batch or the like that the key's project does not have: it
     * lives elsewhere, or no longer. No key is to blame.
     */
    record ResourceUnknown(int status) implements AttemptOutcome {
        @Override
        public String label() {
            return "resource_unknown";
        }
    }

    /** The project may not use the model, though others may; not the same as an unknown model. */
    record ModelWithheld() implements AttemptOutcome {
        @Override
        public String label() {
            return "model_withheld";
        }
    }

    /**
     * The key is refused.
     *
     * @param learnt the project the answer names
     */
    record KeyRefused(KeyFault fault, Optional<LearntProject> learnt) implements AttemptOutcome {
        public KeyRefused(KeyFault fault) {
            this(fault, Optional.empty());
        }

        @Override
        public String label() {
            return "key_refused";
        }

        @Override
        public String reason() {
            return fault.reason();
        }
    }

    /**
     * The whole project is refused, with all its keys and models.
     *
     * @param learnt the project the answer names
     */
    record ProjectRefused(ProjectFault fault, Optional<LearntProject> learnt)
            implements AttemptOutcome {
        public ProjectRefused(ProjectFault fault) {
            this(fault, Optional.empty());
        }

        @Override
        public String label() {
            return "project_refused";
        }

        @Override
        public String reason() {
            return fault.reason();
        }
    }

    /**
     * Quotas of the project are used up.
     *
     * @param quotas never empty
     * @param retryAfter what RetryInfo says, else the message; not yet held against the quotas'
     *     windows
     * @param learnt the project the answer names
     */
    record QuotaExceeded(
            List<ExhaustedQuota> quotas,
            Optional<Duration> retryAfter,
            Optional<LearntProject> learnt)
            implements AttemptOutcome {
        public QuotaExceeded {
            quotas = List.copyOf(quotas);
            if (quotas.isEmpty()) {
                throw new IllegalArgumentException("no quota is exceeded");
            }
        }

        /** One quota, of the model that was asked for. */
        public static QuotaExceeded of(QuotaKind kind, Optional<Duration> retryAfter) {
            return new QuotaExceeded(
                    List.of(ExhaustedQuota.of(kind)), retryAfter, Optional.empty());
        }

        /** The kind that binds longest. */
        public QuotaKind kind() {
            return quotas.stream()
                    .map(ExhaustedQuota::kind)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }

        @Override
        public String label() {
            return "quota_exceeded";
        }

        @Override
        public String reason() {
            return kind().reason();
        }
    }

    /**
     * The model has no capacity; another key would not help.
     *
     * @param retryAfter what RetryInfo says
     */
    record Overloaded(Optional<Duration> retryAfter) implements AttemptOutcome {
        public Overloaded() {
            this(Optional.empty());
        }

        @Override
        public String label() {
            return "overloaded";
        }

        @Override
        public String reason() {
            return "model_overloaded";
        }
    }

    /** Google failed (500, 504 and their like). */
    record ServerFault(int status) implements AttemptOutcome {
        @Override
        public String label() {
            return "server_fault";
        }
    }

    /** Our egress address is refused: no key is to blame. */
    record EgressRefused(EgressFault fault) implements AttemptOutcome {
        @Override
        public String label() {
            return "egress_refused";
        }

        @Override
        public String reason() {
            return fault.reason();
        }
    }

    /**
     * No complete answer head arrived.
     *
     * @param fault a stable word: {@code connect}, {@code tls}, {@code reset}, {@code timeout},
     *     {@code malformed}
     * @param mayHaveActed whether Google may have begun to act on the request
     */
    record Unreachable(String fault, boolean mayHaveActed) implements AttemptOutcome {
        @Override
        public String label() {
            return "unreachable_" + fault;
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
