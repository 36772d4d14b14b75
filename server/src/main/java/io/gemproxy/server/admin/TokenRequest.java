package io.gemproxy.server.admin;

import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.authentication.TokenLifetime;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.gemini.OperationGroup;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** The body of {@code POST /api/tokens}: what a token shall say. */
final class TokenRequest {
    static final Set<String> MEMBERS =
            Set.of(
                    "subject",
                    "ttl",
                    "role",
                    "models",
                    "operations",
                    "rpm",
                    "tpm",
                    "rpd",
                    "daily_tokens",
                    "daily_cost_usd");

    private static final long MOST = 1L << 53;
    private static final Duration USUAL = Duration.ofDays(30);

    private TokenRequest() {}

    /**
     * The grant that is asked for.
     *
     * @param longest no token may live longer; one that does not say lives for 30 days at most
     */
    static TokenGrant grant(JsonBody body, Duration longest) throws BadBody {
        String subject = body.text("subject").orElseThrow(() -> new BadBody("subject is missing."));
        OptionalLong rpm = body.count("rpm", Integer.MAX_VALUE);
        return new TokenGrant(
                subject,
                lifetime(body, longest),
                role(body),
                body.texts("models"),
                rpm.isPresent()
                        ? OptionalInt.of(Math.toIntExact(rpm.getAsLong()))
                        : OptionalInt.empty(),
                body.count("tpm", MOST),
                body.count("rpd", MOST),
                body.count("daily_tokens", MOST),
                body.amount("daily_cost_usd"),
                operations(body));
    }

    private static Duration lifetime(JsonBody body, Duration longest) throws BadBody {
        if (!body.has("ttl")) {
            return USUAL.compareTo(longest) < 0 ? USUAL : longest;
        }
        Duration lifetime =
                TokenLifetime.parse(body.text("ttl").orElse(""))
                        .orElseThrow(
                                () -> new BadBody("ttl is no time like 30d, 12h, 90m or 45s."));
        if (lifetime.compareTo(longest) > 0) {
            throw new BadBody(
                    "ttl is above auth.token_max_lifetime_days, which is "
                            + longest.toDays()
                            + ".");
        }
        return lifetime;
    }

    private static Role role(JsonBody body) throws BadBody {
        return switch (body.text("role").orElse("client").toLowerCase(Locale.ROOT)) {
            case "client" -> Role.CLIENT;
            case "admin" -> Role.ADMIN;
            default -> throw new BadBody("role is client or admin.");
        };
    }

    private static Set<OperationGroup> operations(JsonBody body) throws BadBody {
        Set<OperationGroup> groups = EnumSet.noneOf(OperationGroup.class);
        for (String word : body.texts("operations")) {
            groups.add(
                    OperationGroup.of(word)
                            .orElseThrow(() ->
                                    new BadBody(
                                            "operations are generate, embed, files, caches, batches"
                                                    + " and live.")));
        }
        return Set.copyOf(groups);
    }
}
