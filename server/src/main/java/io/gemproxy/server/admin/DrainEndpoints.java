package io.gemproxy.server.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code POST /api/drain}: the server stops, and nobody is cut who ends in time. */
final class DrainEndpoints {
    private final DrainDesk desk;
    private final Supplier<ServerStatus> status;

    DrainEndpoints(DrainDesk desk, Supplier<ServerStatus> status) {
        this.desk = desk;
        this.status = status;
    }

    List<Endpoint> all() {
        return List.of(Endpoint.acting("/api/drain", "server.drain", _ -> Optional.of(drain())));
    }

    /** The stop begins when the answer has left, which it could cut otherwise. */
    private Reply drain() {
        desk.announce().run();
        ServerStatus now = status.get();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("draining", true);
        body.put("grace_seconds", desk.grace().get().toSeconds());
        body.put("connections", now.connections());
        body.put("streams", now.streams());
        return Reply.json(200, body).afterwards(desk.begin());
    }
}
