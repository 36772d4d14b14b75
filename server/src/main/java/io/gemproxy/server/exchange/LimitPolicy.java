package io.gemproxy.server.exchange;

/** The limits by which the proxy itself makes a client wait, by their names to the outside. */
public enum LimitPolicy {
    /** Requests a minute from one address, whoever they claim to be. */
    ADDRESS("address", "ADDRESS_RATE_LIMIT"),
    /** Credentials that did not hold, a minute from one address. */
    ADDRESS_FAILURES("address-failures", "ADDRESS_AUTH_FAILURES"),
    /** Tokens a minute of requests from one address. */
    ADDRESS_TOKENS("address-tokens", "ADDRESS_TOKEN_LIMIT"),
    /** Requests from one address on a day of UTC, whoever they claim to be. */
    ADDRESS_DAY("address-day", "ADDRESS_DAY_LIMIT"),
    /** Tokens of requests from one address on a day of UTC. */
    ADDRESS_DAILY_TOKENS("address-daily-tokens", "ADDRESS_DAY_TOKEN_LIMIT"),
    /** Requests a minute of all clients together. */
    GLOBAL("global", "GLOBAL_RATE_LIMIT"),
    /** Tokens a minute of all clients together. */
    GLOBAL_TOKENS("global-tokens", "GLOBAL_TOKEN_LIMIT"),
    /** Requests of all clients together on a day of UTC. */
    GLOBAL_DAY("global-day", "GLOBAL_DAY_LIMIT"),
    /** Tokens of all clients together on a day of UTC. */
    GLOBAL_DAILY_TOKENS("global-daily-tokens", "GLOBAL_DAY_TOKEN_LIMIT"),
    /** Requests a minute of a client. */
    CLIENT("client", "CLIENT_RATE_LIMIT"),
    /** Tokens a minute of a client. */
    CLIENT_TOKENS("client-tokens", "CLIENT_TOKEN_LIMIT"),
    /** Requests of a client on a day of UTC. */
    CLIENT_DAY("client-day", "CLIENT_DAY_LIMIT"),
    /** Tokens of a client on a day of UTC. */
    DAILY_TOKENS("daily-tokens", "DAILY_TOKEN_BUDGET"),
    /** US dollars of a client on a day of UTC. */
    DAILY_COST("daily-cost", "DAILY_COST_BUDGET"),
    /** Tokens of a client in a month of UTC. */
    MONTHLY_TOKENS("monthly-tokens", "MONTHLY_TOKEN_BUDGET"),
    /** US dollars of a client in a month of UTC. */
    MONTHLY_COST("monthly-cost", "MONTHLY_COST_BUDGET");

    private final String word;
    private final String reason;

    LimitPolicy(String word, String reason) {
        this.word = word;
        this.reason = reason;
    }

    /** In the {@code RateLimit} fields, metrics and audit. */
    public String word() {
        return word;
    }

    /** The reason code of the refusal. */
    public String reason() {
        return reason;
    }
}
