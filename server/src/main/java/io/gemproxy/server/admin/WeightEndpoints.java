package io.gemproxy.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.server.admin.Endpoint.Access;
import io.gemproxy.server.admin.Endpoint.Call;
import io.gemproxy.server.admin.Endpoint.Verb;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.keys.presets.WeightPresets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** {@code /api/weights}: what share each key has, and named sets of such shares. */
final class WeightEndpoints {
    private static final String ALL = "/api/weights";
    private static final String PRESETS = ALL + "/presets";
    private static final String ONE = PRESETS + "/{name}";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int MOST_WEIGHT = 10_000;

    private final WeightPresets presets;
    private final KeyDesk keys;

    WeightEndpoints(WeightPresets presets, KeyDesk keys) {
        this.presets = presets;
        this.keys = keys;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.reading(ALL, Access.ADMIN, _ -> now()),
                Endpoint.reading(
                        PRESETS,
                        Access.ADMIN,
                        _ -> Optional.of(tagged(() -> Reply.json(200, WeightJson.list(presets))))),
                Endpoint.reading(ONE, Access.ADMIN, call -> Optional.of(tagged(() -> one(call)))),
                Endpoint.writing(Verb.PUT, ONE, "weights.save", this::save),
                Endpoint.removing(ONE, "weights.remove", this::remove),
                Endpoint.acting(ALL + "/apply", "weights.apply", this::apply),
                Endpoint.acting(ALL + "/rollback", "weights.rollback", this::rollback));
    }

    private Optional<Reply> now() {
        return Optional.of(tagged(() -> Reply.json(200, WeightJson.now(presets, keys.all()))));
    }

    /** With the version as it was before it is shown, so that it is never newer than that. */
    private Reply tagged(Supplier<Reply> shown) {
        String version = presets.version();
        return shown.get().with(Map.of("ETag", IfMatch.tag(version)));
    }

    private Reply one(Call call) {
        return presets.find(call.named("name"))
                .map(it -> Reply.json(200, WeightJson.of(it, presets)))
                .orElseGet(() -> unknown(call));
    }

    private static Reply unknown(Call call) {
        return ConfigReplies.problem(
                Problem.Kind.NOT_FOUND,
                "No preset has this name; GET " + PRESETS + " names them.",
                call);
    }

    /** What comes of a change, on the condition of the request, if it has one. */
    private Optional<Reply> changed(Call call, WeightPresets.Change<Reply> change) {
        IfMatch condition = IfMatch.orAnything(call.request());
        return ConfigReplies.of(
                call,
                () ->
                        presets.provided(
                                        condition::admits,
                                        () -> {
                                            Reply reply = change.make();
                                            return tagged(() -> reply);
                                        })
                                .orElseGet(() ->
                                        ConfigReplies.stale(
                                                "the book of presets", presets.version(), call)));
    }

    private Optional<Reply> save(Call call) {
        return withBody(
                call,
                Set.of("weights"),
                body -> {
                    String name = call.named("name");
                    if (!NAME.matcher(name).matches()) {
                        throw new BadBody(
                                "A preset's name is up to 64 letters, digits, dots, dashes and"
                                        + " underscores.");
                    }
                    Map<String, Integer> weights = weights(body.path("weights"));
                    String by = call.admin().map(it -> it.value()).orElse("");
                    return changed(
                            call,
                            () ->
                                    presets.save(name, weights, by)
                                            .map(it -> Reply.json(200, WeightJson.of(it, presets)))
                                            .orElseGet(() ->
                                                    ConfigReplies.problem(
                                                            Problem.Kind.CONFLICT,
                                                            "There are "
                                                                    + WeightPresets.MOST_PRESETS
                                                                    + " presets already; remove one.",
                                                            call)));
                });
    }

    /** What is sent, or what holds now. */
    private Map<String, Integer> weights(JsonNode sent) throws BadBody {
        Map<String, Integer> weights = new TreeMap<>();
        if (sent.isMissingNode() || sent.isNull()) {
            keys.all().forEach(key -> weights.put(key.id(), key.weight()));
            return weights;
        }
        if (!(sent instanceof ObjectNode object) || object.isEmpty()) {
            throw new BadBody("weights must name keys with their weights.");
        }
        for (Map.Entry<String, JsonNode> weight : object.properties()) {
            if (keys.one(new KeyId(weight.getKey())).isEmpty()) {
                throw new BadBody("weights names a key that is not there; GET /api/keys does.");
            }
            JsonNode value = weight.getValue();
            if (!value.isInt() || value.intValue() < 1 || value.intValue() > MOST_WEIGHT) {
                throw new BadBody("A weight must be a whole number from 1 to " + MOST_WEIGHT + ".");
            }
            weights.put(weight.getKey(), value.intValue());
        }
        return weights;
    }

    private Optional<Reply> remove(Call call) {
        String name = call.named("name");
        return changed(
                call,
                () -> {
                    if (presets.applied()
                            .filter(it -> it.preset().name().equals(name))
                            .isPresent()) {
                        return presets.find(name).isEmpty()
                                ? unknown(call)
                                : ConfigReplies.problem(
                                        Problem.Kind.CONFLICT,
                                        "It is in effect; apply another one or roll back first.",
                                        call);
                    }
                    return presets.remove(name)
                            ? Reply.json(200, WeightJson.list(presets))
                            : unknown(call);
                });
    }

    private Optional<Reply> apply(Call call) {
        return withBody(
                call,
                Set.of("preset_name"),
                body -> {
                    String name = body.path("preset_name").asText("");
                    if (name.isEmpty()) {
                        throw new BadBody("preset_name must name a preset.");
                    }
                    return changed(
                            call,
                            () ->
                                    presets.apply(
                                                    name,
                                                    call.admin().map(it -> it.value()).orElse(""))
                                            .map(_ -> holds(name))
                                            .orElseGet(() -> unknown(call)));
                });
    }

    private Optional<Reply> rollback(Call call) {
        return changed(
                call,
                () ->
                        presets.rollback()
                                ? holds(
                                        presets.applied()
                                                .map(it -> it.preset().name())
                                                .orElse("none"))
                                : ConfigReplies.problem(
                                        Problem.Kind.CONFLICT,
                                        "The configured weights hold already.",
                                        call));
    }

    private Reply holds(String preset) {
        return Reply.json(200, WeightJson.now(presets, keys.all()))
                .noting(Map.of("preset", preset));
    }

    private static Optional<Reply> withBody(Call call, Set<String> known, Answering answering) {
        try {
            return answering.to(JsonBody.object(call.request(), known));
        } catch (BadBody bad) {
            return Optional.of(ConfigReplies.bad(bad, call));
        }
    }

    /** Answers a body. */
    @FunctionalInterface
    private interface Answering {
        Optional<Reply> to(ObjectNode body) throws BadBody;
    }
}
