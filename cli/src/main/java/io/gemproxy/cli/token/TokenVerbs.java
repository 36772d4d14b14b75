package io.gemproxy.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * What can be done about tokens: by the server if one answers, else in its state directory, under
 * the lock that keeps servers out.
 */
public final class TokenVerbs {
    private static final String KEYS = "/api/tokens/keys";
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private final AdminAccess access;
    private final AdminClient client;
    private final TokensAtRest atRest;
    private final Printer printer;

    public TokenVerbs(
            AdminAccess access, AdminClient client, TokensAtRest atRest, Printer printer) {
        this.access = access;
        this.client = client;
        this.atRest = atRest;
        this.printer = printer;
    }

    JsonNode revoke(AdminOption where, ObjectNode order) throws IOException {
        return either(
                where,
                () -> client.post(access.target(where), "/api/tokens/revoke", order, AT_ONCE),
                () -> atRest.revoke(where, order));
    }

    JsonNode revoked(AdminOption where) throws IOException {
        return either(
                where,
                () -> client.get(access.target(where), "/api/tokens/revoked"),
                () -> atRest.revoked(where));
    }

    JsonNode keys(AdminOption where) throws IOException {
        return either(
                where, () -> client.get(access.target(where), KEYS), () -> atRest.keys(where));
    }

    JsonNode rotate(AdminOption where) throws IOException {
        return either(
                where,
                () -> client.post(access.target(where), KEYS + "/rotate", nothing(), AT_ONCE),
                () -> atRest.rotate(where));
    }

    JsonNode retire(AdminOption where, String kid, boolean force) throws IOException {
        String path = KEYS + "/" + AdminClient.part(kid) + "/retire" + (force ? "?force=true" : "");
        return either(
                where,
                () -> client.post(access.target(where), path, nothing(), AT_ONCE),
                () -> atRest.retire(where, kid, force));
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A server that was named is the only one that is meant. */
    private JsonNode either(AdminOption where, Asking server, Asking files) throws IOException {
        try {
            return server.ask();
        } catch (CommandFailedException failed) {
            if (failed.exitCode() != ExitCode.UNREACHABLE || access.isNamed(where)) {
                throw failed;
            }
            Optional<JsonNode> done = atRest.locked(where, files);
            if (done.isEmpty()) {
                throw failed;
            }
            printer.say("No server answers; this was done in its state directory.");
            return done.get();
        }
    }

    /** One of the two ways. */
    interface Asking {
        JsonNode ask() throws IOException;
    }
}
