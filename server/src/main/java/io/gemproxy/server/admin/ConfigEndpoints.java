package io.gemproxy.server.admin;

import io.gemproxy.server.admin.ConfigReplies.Doing;
import io.gemproxy.server.admin.Endpoint.Access;
import io.gemproxy.server.admin.Endpoint.Call;
import io.gemproxy.server.admin.Endpoint.Verb;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /api/config}: what the configuration says, said, and is to say. */
final class ConfigEndpoints {
    private static final String ALL = "/api/config";
    private static final String HISTORY = ALL + "/history";
    private static final String ONE = HISTORY + "/{version}";
    private static final int MOST_BYTES = 1 << 20;

    private final ConfigDesk desk;

    ConfigEndpoints(ConfigDesk desk) {
        this.desk = desk;
    }

    List<Endpoint> all() {
        return List.of(
                reading(ALL, call -> () -> current(call)),
                reading(ALL + "/running", call -> () -> Reply.json(200, desk.running())),
                Endpoint.writing(Verb.PUT, ALL, "config.put", this::put),
                Endpoint.asking(ALL + "/validate", this::validate),
                reading(ALL + "/diff", call -> () -> judged(Optional.empty(), call)),
                reading(
                        HISTORY,
                        call -> () -> Reply.json(200, new History(desk.history(), desk.lost()))),
                reading(ONE, call -> () -> version(call)),
                reading(ONE + "/diff", call -> () -> difference(call)),
                Endpoint.acting(ONE + "/rollback", "config.rollback", this::rollback));
    }

    private static Endpoint reading(String path, Reading reading) {
        return Endpoint.reading(
                path, Access.ADMIN, call -> ConfigReplies.of(call, reading.of(call)));
    }

    private Reply current(Call call) throws IOException {
        try {
            ConfigDesk.Current now = desk.current();
            return Reply.json(200, now.values()).with(Map.of("ETag", IfMatch.tag(now.version())));
        } catch (ConfigDesk.Unanswerable unclear) {
            return ConfigReplies.unanswered(unclear, call);
        }
    }

    private Optional<Reply> put(Call call) {
        return ConfigReplies.unconditional(call)
                .or(() ->
                        withBody(
                                call,
                                body ->
                                        ConfigReplies.said(
                                                desk.put(body, ConfigReplies.wish(call)),
                                                200,
                                                call)));
    }

    private Optional<Reply> validate(Call call) {
        return withBody(call, body -> judged(Optional.of(body), call));
    }

    private Reply judged(Optional<byte[]> body, Call call) throws IOException {
        try {
            return Reply.json(200, desk.judge(body, against(call)));
        } catch (ConfigDesk.Unanswerable unclear) {
            return ConfigReplies.unanswered(unclear, call);
        }
    }

    private Reply difference(Call call) throws IOException {
        try {
            return Reply.json(200, desk.difference(call.named("version"), against(call)));
        } catch (ConfigDesk.Unanswerable unclear) {
            return ConfigReplies.unanswered(unclear, call);
        }
    }

    private static String against(Call call) {
        return call.parameter("against").filter(it -> !it.isBlank()).orElse("running");
    }

    private Reply version(Call call) throws IOException {
        return desk.history(call.named("version"))
                .map(it -> Reply.json(200, it))
                .orElseGet(() ->
                        Reply.missing(
                                "The history has no such version; GET " + HISTORY + " names them.",
                                call.id()));
    }

    private Optional<Reply> rollback(Call call) {
        return Optional.of(
                ConfigReplies.said(
                        desk.rollback(call.named("version"), ConfigReplies.wish(call)), 200, call));
    }

    private static Optional<Reply> withBody(Call call, Answering answering) {
        return ConfigReplies.of(
                call,
                () -> {
                    try {
                        return answering.to(JsonBody.bytes(call.request(), MOST_BYTES));
                    } catch (BadBody bad) {
                        return ConfigReplies.bad(bad, call);
                    }
                });
    }

    /** Reads for a call. */
    @FunctionalInterface
    private interface Reading {
        Doing of(Call call);
    }

    /** Answers a body. */
    @FunctionalInterface
    private interface Answering {
        Reply to(byte[] body) throws IOException;
    }

    /** Body of {@code GET /api/config/history}. */
    record History(List<ConfigDesk.Version> versions, List<ConfigDesk.Lost> lost) {}
}
