package io.gemproxy.server.config;

import static io.gemproxy.server.config.Rows.optional;
import static io.gemproxy.server.config.Rows.secret;
import static io.gemproxy.server.config.Rows.whole;

import java.util.List;

/** The rows of the table of settings that are about the pooled keys. */
final class KeySettings {
    /** The list that has entries with keys of their own. */
    static final String KEYS = "gemini.api_keys";

    /** The limits of a model in an entry; the braces stand for the model's name. */
    static final String LIMITS = KEYS + "[].limits{}";

    private static final String ENTRY = KEYS + "[].";
    private static final long MILLION = 1_000_000;

    private KeySettings() {}

    static List<Setting> all() {
        return List.of(
                optional(
                        ENTRY + "id",
                        new Kind.Name(),
                        "primary",
                        "The name of the key in logs, metrics and commands."),
                secret(ENTRY + "key", "${GEMINI_KEY_1}", "The API key."),
                optional(
                        ENTRY + "project",
                        new Kind.Name(),
                        "my-project",
                        "Keys of one project share one quota; without it a key has its own."),
                whole(
                        ENTRY + "weight",
                        1,
                        10_000,
                        "100",
                        "Its share of the requests, relative to the other keys."),
                optional(
                        ENTRY + "expires_at",
                        new Kind.Day(),
                        "2027-01-31",
                        "The last day it is used."),
                optional(
                        ENTRY + "max_requests_per_minute",
                        new Kind.Whole(1, MILLION),
                        "60",
                        "The most requests this key serves in a minute."),
                optional(
                        ENTRY + "billing_account",
                        new Kind.Name(),
                        "my-account",
                        "The billing account of the project: tiers, caps and credit belong to it."),
                optional(
                        ENTRY + "tier",
                        new Kind.Name(),
                        "tier-1",
                        "The tier of that account, as keys list shows it."),
                optional(
                        LIMITS + ".requests_per_minute",
                        new Kind.Whole(0, MILLION),
                        "5",
                        "Requests of the project for the model in a minute."),
                optional(
                        LIMITS + ".tokens_per_minute",
                        new Kind.Whole(0, 1L << 40),
                        "250000",
                        "Input tokens of the project for the model in a minute."),
                optional(
                        LIMITS + ".requests_per_day",
                        new Kind.Whole(0, 1L << 40),
                        "100",
                        "Requests until midnight in Los Angeles."),
                optional(
                        LIMITS + ".dollars_per_10_minutes",
                        new Kind.Whole(0, MILLION),
                        "10",
                        "Spend of the project in any ten minutes."));
    }
}
