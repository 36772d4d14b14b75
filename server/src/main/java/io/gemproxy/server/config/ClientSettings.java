package io.gemproxy.server.config;

import static io.gemproxy.server.config.Rows.optional;
import static io.gemproxy.server.config.Rows.whole;

import io.gemproxy.server.gemini.OperationGroup;
import java.util.Arrays;
import java.util.List;

/** The rows of the table of settings that are about who may call and how tokens are signed. */
final class ClientSettings {
    /** The list of declared clients. */
    static final String CLIENTS = "auth.clients";

    private static final String ENTRY = CLIENTS + "[].";
    private static final long MILLION = 1_000_000;
    private static final long MOST_TOKENS = 1L << 53;
    private static final String DIGEST =
            "[\"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"]";

    private ClientSettings() {}

    static List<Setting> all() {
        return List.of(
                whole(
                                "auth.token_max_lifetime_days",
                                1,
                                3_650,
                                "365",
                                "No token is issued for longer; a signing secret verifies for so long after"
                                        + " it has signed the last one.")
                        .onRestart(),
                whole(
                                "auth.oauth_token_lifetime_seconds",
                                60,
                                86_400,
                                "900",
                                "How long a token of POST /oauth/token lives.")
                        .onRestart(),
                optional(
                                "auth.signing_key_max_age_days",
                                new Kind.Whole(1, 3_650),
                                "90",
                                "validate reminds of a signing secret that is older.")
                        .onRestart(),
                optional(
                                "auth.signing_key_rotation_days",
                                new Kind.Whole(1, 3_650),
                                "30",
                                "A running server makes a new signing secret when the last is so old;"
                                        + " without: never by itself.")
                        .onRestart(),
                optional(
                        ENTRY + "name",
                        new Kind.ClientName(),
                        "ci",
                        "The client's name: the sub of its tokens and its client_id."),
                optional(
                        ENTRY + "models",
                        new Kind.Globs(),
                        "[\"gemini-2.5-*\"]",
                        "The only models it may call; a star stands for any characters."),
                optional(
                        ENTRY + "operations",
                        new Kind.Words(words()),
                        "[generate, embed]",
                        "The only operations it may ask for."),
                optional(
                        ENTRY + "limits.requests_per_minute",
                        new Kind.Whole(1, MILLION),
                        "120",
                        "The most requests in any minute."),
                optional(
                        ENTRY + "limits.tokens_per_minute",
                        new Kind.Whole(1, MOST_TOKENS),
                        "200000",
                        "The most tokens in any minute, input and output."),
                optional(
                        ENTRY + "limits.requests_per_day",
                        new Kind.Whole(1, MOST_TOKENS),
                        "5000",
                        "The most requests in a day of UTC."),
                tokens("day"),
                dollars("day"),
                tokens("month"),
                dollars("month"),
                optional(
                        ENTRY + "keys",
                        new Kind.Digests(),
                        DIGEST,
                        "Digests of its gp_ keys, as gemproxy-cli client-key new prints them."),
                optional(
                        ENTRY + "oauth_secrets",
                        new Kind.Digests(),
                        DIGEST,
                        "Digests of its secrets for POST /oauth/token."));
    }

    private static List<String> words() {
        return Arrays.stream(OperationGroup.values()).map(OperationGroup::word).toList();
    }

    private static Setting tokens(String period) {
        return optional(
                ENTRY + "budgets." + period + ".tokens",
                new Kind.Whole(1, MOST_TOKENS),
                "1000000",
                "The most tokens in a " + period + " of UTC, input and output.");
    }

    private static Setting dollars(String period) {
        return optional(
                ENTRY + "budgets." + period + ".usd",
                new Kind.Dollars(),
                "25.50",
                "The most US dollars in a " + period + " of UTC.");
    }
}
