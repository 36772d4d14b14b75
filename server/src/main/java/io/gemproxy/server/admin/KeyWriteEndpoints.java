package io.gemproxy.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.server.admin.Endpoint.Call;
import io.gemproxy.server.admin.Endpoint.Verb;
import io.gemproxy.server.exchange.KeyId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /api/keys}: keys that come, change and go. */
final class KeyWriteEndpoints {
    private static final String ALL = "/api/keys";
    private static final String ONE = ALL + "/{id}";
    private static final String ENABLED = "enabled";

    private final ConfigDesk config;
    private final KeyDesk keys;

    KeyWriteEndpoints(ConfigDesk config, KeyDesk keys) {
        this.config = config;
        this.keys = keys;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.acting(ALL, "key.add", this::add),
                Endpoint.writing(Verb.PATCH, ONE, "key.change", this::change),
                Endpoint.writing(Verb.DELETE, ONE, "key.remove", this::remove));
    }

    private Optional<Reply> add(Call call) {
        return withBody(
                call,
                body -> {
                    Reply said =
                            ConfigReplies.said(
                                    config.addKey(body, ConfigReplies.wish(call)), 201, call);
                    String path = ALL + "/" + body.path("id").asText();
                    return said.status() == 201 ? said.with(Map.of("Location", path)) : said;
                });
    }

    private Optional<Reply> change(Call call) {
        return ConfigReplies.unconditional(call)
                .or(() -> missing(call))
                .or(() -> withBody(call, body -> changed(body, call)));
    }

    /** Whether a key is in service is no matter of the configuration. */
    private Reply changed(ObjectNode members, Call call) throws BadBody {
        JsonNode enabled = members.remove(ENABLED);
        if (enabled != null && !enabled.isBoolean()) {
            throw new BadBody("enabled must be true or false.");
        }
        String id = call.named("id");
        Reply said =
                ConfigReplies.said(
                        config.changeKey(id, members, ConfigReplies.wish(call)), 200, call);
        if (enabled != null && said.status() == 200) {
            KeyId key = new KeyId(id);
            if (enabled.booleanValue()) {
                keys.enable(key);
            } else {
                keys.disable(key);
            }
        }
        return said;
    }

    private Optional<Reply> remove(Call call) {
        return ConfigReplies.unconditional(call)
                .or(() -> missing(call))
                .or(() -> lastOne(call))
                .or(() ->
                        Optional.of(
                                ConfigReplies.said(
                                        config.removeKey(
                                                call.named("id"), ConfigReplies.wish(call)),
                                        200,
                                        call)));
    }

    private Optional<Reply> missing(Call call) {
        return keys.one(new KeyId(call.named("id"))).isPresent()
                ? Optional.empty()
                : Optional.of(
                        Reply.missing(
                                "No key has this id; GET /api/keys names them all.", call.id()));
    }

    /** Without it every request would be refused, which somebody should want. */
    private Optional<Reply> lastOne(Call call) {
        boolean another =
                keys.all().stream()
                        .filter(key -> !key.id().equals(call.named("id")))
                        .anyMatch(KeyWriteEndpoints::serves);
        return another || call.says("force")
                ? Optional.empty()
                : Optional.of(
                        ConfigReplies.problem(
                                Problem.Kind.CONFLICT,
                                "No other key is in service, so every request would be refused; with"
                                        + " force=true it is removed all the same.",
                                call));
    }

    private static boolean serves(KeyReport key) {
        return !key.state().equals("Disabled") && !key.state().equals("Invalid");
    }

    private static Optional<Reply> withBody(Call call, Answering answering) {
        try {
            return Optional.of(answering.to(JsonBody.object(call.request())));
        } catch (BadBody bad) {
            return Optional.of(ConfigReplies.bad(bad, call));
        }
    }

    /** Answers a body. */
    @FunctionalInterface
    private interface Answering {
        Reply to(ObjectNode body) throws BadBody;
    }
}
