package io.gemproxy.server.exchange;

/**
 * What a project has used up, in the order of how long it binds; the ids of Google's quotas name
 * the thing that is counted and the window.
 */
public enum QuotaKind {
    /** A quota we do not know, or none named at all. */
    UNKNOWN("unknown_quota"),
    /** Something else than requests and input tokens, in a minute. */
    OTHER_PER_MINUTE("quota_per_minute"),
    REQUESTS_PER_MINUTE("quota_requests_per_minute"),
    INPUT_TOKENS_PER_MINUTE("quota_input_tokens_per_minute"),
    /** Dollars in rolling ten minutes; of the project, whatever the model. */
    SPEND_PER_10_MINUTES("spend_rate"),
    /** Something else than requests and input tokens, in a day. */
    OTHER_PER_DAY("quota_per_day"),
    INPUT_TOKENS_PER_DAY("quota_input_tokens_per_day"),
    REQUESTS_PER_DAY("quota_requests_per_day"),
    /** The project's tier has no quota for the model at all ({@code limit: 0}). */
    NONE("no_quota_for_model");

    private final String reason;

    QuotaKind(String reason) {
        this.reason = reason;
    }

    /** A stable word for logs, audit and the state of keys. */
    public String reason() {
        return reason;
    }

    /** Whether nothing opens within the hour, so that a client should not wait for it. */
    public boolean bindsForHours() {
        return switch (this) {
            case OTHER_PER_DAY, INPUT_TOKENS_PER_DAY, REQUESTS_PER_DAY, NONE -> true;
            case UNKNOWN,
                    OTHER_PER_MINUTE,
                    REQUESTS_PER_MINUTE,
                    INPUT_TOKENS_PER_MINUTE,
                    SPEND_PER_10_MINUTES ->
                    false;
        };
    }
}
