package io.gemproxy.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.installation.Installation;
import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.server.OfflineActions;
import io.gemproxy.server.Trust;
import io.gemproxy.server.authentication.revocation.Revocation;
import io.gemproxy.server.authentication.revocation.RevocationOrder;
import io.gemproxy.server.authentication.revocation.TooManyRevocations;
import io.gemproxy.server.authentication.signing.Retirement;
import io.gemproxy.server.authentication.signing.SigningKeyView;
import io.gemproxy.server.authentication.signing.TooManySecrets;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.state.DirectoryLock;
import io.gemproxy.server.state.StateDirectoryTaken;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Revocations and signing secrets where no server runs; its answers are those of the admin API. */
public final class TokensAtRest {
    private static final ClientId BY = new ClientId("gemproxy-cli");

    private final Installation installation;

    public TokensAtRest(Installation installation) {
        this.installation = installation;
    }

    /** Does something under the lock of the state directory; empty if a server has it. */
    Optional<JsonNode> locked(AdminOption where, TokenVerbs.Asking work) throws IOException {
        try (DirectoryLock _ =
                DirectoryLock.take(
                        installation
                                .lookUp(where.config().source(), Set.of("state.dir"))
                                .state()
                                .dir())) {
            return Optional.of(work.ask());
        } catch (StateDirectoryTaken | AccessDeniedException notOurs) {
            return Optional.empty();
        }
    }

    JsonNode revoke(AdminOption where, JsonNode order) throws IOException {
        Trust trust = trust(where);
        Map<String, String> details = new TreeMap<>();
        order.properties().forEach(it -> details.put(it.getKey(), it.getValue().asText()));
        try {
            return revocation(
                    noting(
                            trust,
                            OfflineActions.REVOKE,
                            details,
                            () -> trust.revocations().revoke(parsed(order), Optional.of(BY))));
        } catch (TooManyRevocations full) {
            throw new CommandFailedException(ExitCode.NO, String.valueOf(full.getMessage()), full);
        }
    }

    private static RevocationOrder parsed(JsonNode order) {
        Optional<Instant> before =
                Optional.ofNullable(order.path("issued_before").textValue()).map(Instant::parse);
        Optional<ClientId> subject =
                Optional.ofNullable(order.path("subject").textValue()).map(ClientId::new);
        String jti = order.path("jti").textValue();
        if (jti != null) {
            return new RevocationOrder.OfToken(
                    jti,
                    Optional.ofNullable(order.path("expires_at").textValue()).map(Instant::parse));
        }
        if (subject.isEmpty()) {
            return new RevocationOrder.OfAllBefore(before.orElseThrow());
        }
        return before.isPresent()
                ? new RevocationOrder.OfClientBefore(subject.get(), before.get())
                : new RevocationOrder.OfClient(subject.get());
    }

    JsonNode revoked(AdminOption where) throws IOException {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ArrayNode list = all.putArray("revocations");
        trust(where).revocations().list().forEach(one -> list.add(revocation(one)));
        return all;
    }

    JsonNode keys(AdminOption where) throws IOException {
        return keys(trust(where));
    }

    JsonNode rotate(AdminOption where) throws IOException {
        Trust trust = trust(where);
        try {
            noting(trust, "token.keys.rotate", Map.of(), trust.ring()::rotate);
        } catch (TooManySecrets full) {
            throw no(String.valueOf(full.getMessage()));
        }
        return keys(trust);
    }

    JsonNode retire(AdminOption where, String kid, boolean force) throws IOException {
        Trust trust = trust(where);
        noting(
                trust,
                "token.keys.retire",
                Map.of("target", kid),
                () -> {
                    requireDone(trust.ring().retire(kid, force));
                    return kid;
                });
        return keys(trust);
    }

    private static void requireDone(Retirement retirement) {
        switch (retirement) {
            case Retirement.Done _ -> {}
            case Retirement.StillNeeded needed ->
                    throw no(
                            "tokens that it signed may live until "
                                    + needed.until()
                                    + "; --force ends them now");
            case Retirement.StillSigns _ -> throw no("it signs new tokens; rotate first");
            case Retirement.Unknown _ -> throw no("no signing secret has this name");
        }
    }

    private static <T, E extends Exception> T noting(
            Trust trust, String action, Map<String, String> details, OfflineActions.Work<T, E> work)
            throws IOException, E {
        String user = System.getProperty("user.name", "");
        return trust.offline().noting(action, user, details, work);
    }

    private static CommandFailedException no(String message) {
        return new CommandFailedException(ExitCode.NO, message);
    }

    private Trust trust(AdminOption where) throws IOException {
        return installation.trust(where.config().source());
    }

    private static JsonNode keys(Trust trust) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ArrayNode list = all.putArray("keys");
        trust.ring().list().forEach(key -> list.add(key(key)));
        return all;
    }

    private static ObjectNode key(SigningKeyView key) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kid", key.kid()).put("status", key.status());
        json.put("created_at", key.createdAt().toString()).put("age_days", key.ageDays());
        json.put("verifies_until", key.verifiesUntil().map(Instant::toString).orElse(null));
        return json;
    }

    private static ObjectNode revocation(Revocation one) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("jti", one.jti()).put("subject", one.subject());
        json.put("issued_before", text(one.issuedBefore()));
        json.put("credentials", one.credentials().size());
        json.put("revoked_at", text(one.revokedAt())).put("revoked_by", one.revokedBy());
        json.put("expires_at", text(one.expiresAt()));
        return json;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
