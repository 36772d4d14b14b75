package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.ClientId;
import java.util.List;
import java.util.Optional;

/** {@code POST /api/config/reload}. */
final class ReloadEndpoints {
    private final ReloadDesk desk;

    ReloadEndpoints(ReloadDesk desk) {
        this.desk = desk;
    }

    List<Endpoint> all() {
        return List.of(Endpoint.acting("/api/config/reload", "config.reload", this::reload));
    }

    private Optional<Reply> reload(Endpoint.Call call) {
        ReloadReport report = desk.reload(call.admin().map(ClientId::value).orElse("admin"));
        return Optional.of(
                report.rejected()
                        ? Reply.refusedConfig(
                                "What ran before runs on; the findings say what is wrong.",
                                report.findings(),
                                call.id())
                        : Reply.json(200, report));
    }
}
