package io.gemproxy.server.config;

import static io.gemproxy.server.config.Rows.oneOf;
import static io.gemproxy.server.config.Rows.optional;
import static io.gemproxy.server.config.Rows.standard;

import java.util.List;

/** The rows of the table of settings that are about what clients may use together and each. */
final class LimitSettings {
    private static final long MILLION = 1_000_000;

    private LimitSettings() {}

    static List<Setting> all() {
        return List.of(
                optional(
                        "limits.client.tokens_per_minute",
                        new Kind.Whole(1, 1L << 40),
                        "1000000",
                        "Tokens per minute of a client that has no own limit; without: none."),
                optional(
                        "limits.client.requests_per_day",
                        new Kind.Whole(1, 1L << 40),
                        "10000",
                        "Requests per day (UTC) of a client that has no own limit; without: none."),
                optional(
                        "limits.client.tokens_per_day",
                        new Kind.Whole(1, 1L << 40),
                        "10000000",
                        "Tokens per day (UTC) of a client that has no own limit; without: none."),
                optional(
                        "limits.address.requests_per_minute",
                        new Kind.Whole(1, MILLION),
                        "600",
                        "Requests per minute of one client address, whoever calls; without: none."),
                optional(
                        "limits.address.tokens_per_minute",
                        new Kind.Whole(1, 1L << 40),
                        "1000000",
                        "Tokens per minute of one client address; without: none."),
                optional(
                        "limits.address.requests_per_day",
                        new Kind.Whole(1, 1L << 40),
                        "50000",
                        "Requests per day (UTC) of one client address, whoever calls; without: none."),
                optional(
                        "limits.address.tokens_per_day",
                        new Kind.Whole(1, 1L << 40),
                        "10000000",
                        "Tokens per day (UTC) of one client address; without: none."),
                optional(
                        "limits.address.auth_failures_per_minute",
                        new Kind.Whole(1, MILLION),
                        "30",
                        "After so many credentials of one address that do not hold no more are"
                                + " looked at for a minute; without: any number."),
                optional(
                        "limits.global.requests_per_minute",
                        new Kind.Whole(1, 1L << 40),
                        "6000",
                        "Requests per minute of all clients together; without: none."),
                optional(
                        "limits.global.tokens_per_minute",
                        new Kind.Whole(1, 1L << 40),
                        "10000000",
                        "Tokens per minute of all clients together; without: none."),
                optional(
                        "limits.global.requests_per_day",
                        new Kind.Whole(1, 1L << 40),
                        "500000",
                        "Requests per day (UTC) of all clients together; without: none."),
                optional(
                        "limits.global.tokens_per_day",
                        new Kind.Whole(1, 1L << 40),
                        "1000000000",
                        "Tokens per day (UTC) of all clients together; without: none."),
                standard(
                        "limits.unpriced_models",
                        oneOf("refuse", "allow"),
                        "refuse",
                        "Whether clients with a budget in dollars may call models whose price is"
                                + " not known.",
                        "allow"));
    }
}
