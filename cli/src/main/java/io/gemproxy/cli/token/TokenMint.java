package io.gemproxy.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminTarget;
import io.gemproxy.cli.installation.Installation;
import io.gemproxy.cli.installation.LocalConfig;
import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.gemini.OperationGroup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes tokens: with the secret, else by the running server, which alone may read it. */
public final class TokenMint {
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private final Installation installation;
    private final AdminAccess access;
    private final AdminClient client;
    private final InstantSource clock;

    public TokenMint(
            Installation installation,
            AdminAccess access,
            AdminClient client,
            InstantSource clock) {
        this.installation = installation;
        this.access = access;
        this.client = client;
        this.clock = clock;
    }

    /**
     * A token for that grant.
     *
     * @throws CommandFailedException if there is no secret to be had and no server to ask
     * @throws IllegalArgumentException if the grant holds what no server takes
     */
    IssuedToken issue(LocalConfig local, TokenGrant grant) {
        if (!local.isSecretOutOfReach()) {
            return signed(local, grant);
        }
        Optional<AdminTarget> server = access.atSocket(local);
        return asked(server.orElseThrow(() -> outOfReach(local)), grant);
    }

    private IssuedToken signed(LocalConfig local, TokenGrant grant) {
        String token =
                installation
                        .issuer(
                                local,
                                ExitCode.NO,
                                "there is no auth.jwt_secret to sign with; set JWT_SECRET or put one"
                                        + " into the configuration")
                        .issue(grant);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return new IssuedToken(token, now.plus(grant.lifetime()), false);
    }

    private CommandFailedException outOfReach(LocalConfig local) {
        return new CommandFailedException(
                ExitCode.NO,
                local.wrongForTokens()
                        + "\nA running server signs without these, where its Unix socket"
                        + " (admin.socket) is open to this user; none answers.");
    }

    private IssuedToken asked(AdminTarget server, TokenGrant grant) {
        JsonNode made = client.post(server, "/api/tokens", order(grant), AT_ONCE);
        try {
            String token = made.path("token").asText();
            if (!token.isEmpty()) {
                return new IssuedToken(
                        token, Instant.parse(made.path("expires_at").asText()), true);
            }
        } catch (DateTimeParseException told) {
            // below, without the answer, which may hold a token
        }
        throw new CommandFailedException(ExitCode.NO, server.server() + " answered with no token");
    }

    private static ObjectNode order(TokenGrant grant) {
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        order.put("subject", grant.subject());
        order.put("ttl", grant.lifetime().toSeconds() + "s");
        order.put("role", grant.role().name().toLowerCase(Locale.ROOT));
        texts(order, "models", grant.models());
        texts(
                order,
                "operations",
                grant.operations().stream().map(OperationGroup::word).sorted().toList());
        grant.requestsPerMinute().ifPresent(limit -> order.put("rpm", limit));
        grant.tokensPerMinute().ifPresent(limit -> order.put("tpm", limit));
        grant.requestsPerDay().ifPresent(limit -> order.put("rpd", limit));
        grant.dailyTokens().ifPresent(limit -> order.put("daily_tokens", limit));
        grant.dailyCostUsd().ifPresent(limit -> order.put("daily_cost_usd", limit));
        return order;
    }

    /** An empty list is no request: what means all is left out. */
    private static void texts(ObjectNode order, String member, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode array = order.putArray(member);
            texts.forEach(array::add);
        }
    }
}
