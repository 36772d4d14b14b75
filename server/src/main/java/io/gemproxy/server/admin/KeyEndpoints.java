package io.gemproxy.server.admin;

import io.gemproxy.server.admin.Endpoint.Access;
import io.gemproxy.server.admin.Endpoint.Call;
import io.gemproxy.server.admin.KeyDesk.Tested;
import io.gemproxy.server.exchange.KeyId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /api/keys} and what can be done with a key. */
final class KeyEndpoints {
    private static final String ONE = "/api/keys/{id}";

    private final KeyDesk keys;
    private final ConfigDesk config;

    KeyEndpoints(KeyDesk keys, ConfigDesk config) {
        this.keys = keys;
        this.config = config;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.reading(
                        "/api/keys",
                        Access.ADMIN,
                        _ -> Optional.of(tagged(Reply.json(200, new KeyList(keys.all()))))),
                Endpoint.reading(
                        ONE,
                        Access.ADMIN,
                        call -> known(call, keys.one(key(call))).map(this::tagged)),
                Endpoint.acting(
                        ONE + "/enable", "key.enable", call -> known(call, keys.enable(key(call)))),
                Endpoint.acting(
                        ONE + "/disable",
                        "key.disable",
                        call -> known(call, keys.disable(key(call)))),
                Endpoint.acting(ONE + "/test", "key.test", this::test));
    }

    private Optional<Reply> test(Call call) {
        return switch (keys.test(key(call), call.says("generate"))) {
            case Tested.Done done -> Optional.of(Reply.json(200, done.result()));
            case Tested.NotNow refused ->
                    Optional.of(
                            Reply.problem(
                                    Problem.of(Problem.Kind.NOT_NOW, refused.why(), call.id()),
                                    Map.of()));
            case Tested.Unknown _ -> known(call, Optional.empty());
        };
    }

    /** What a change of a key names in {@code If-Match}. */
    private Reply tagged(Reply reply) {
        return config.version()
                .map(it -> reply.with(Map.of("ETag", IfMatch.tag(it))))
                .orElse(reply);
    }

    private static KeyId key(Call call) {
        return new KeyId(call.named("id"));
    }

    private static Optional<Reply> known(Call call, Optional<KeyReport> key) {
        return Optional.of(
                key.map(it -> Reply.json(200, it))
                        .orElseGet(() ->
                                Reply.missing(
                                        "No key has this id; GET /api/keys names them all.",
                                        call.id())));
    }

    /** Body of {@code /api/keys}. */
    record KeyList(List<KeyReport> keys) {}
}
