package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.ClientId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
        if (report.partial()) {
            return Optional.of(
                    Reply.refusedConfig(
                            Problem.Kind.PARTLY_APPLIED,
                            "It is in effect, but parts of the server could not take it over: "
                                    + report.findings().stream()
                                            .map(FindingReport::key)
                                            .collect(Collectors.joining(", "))
                                    + ". The log says why; reload once more, or restart.",
                            report.findings(),
                            call.id()));
        }
        return Optional.of(
                report.rejected()
                        ? Reply.refusedConfig(
                                Problem.Kind.CONFIG_REJECTED,
                                "What ran before runs on; the findings say what is wrong.",
                                report.findings(),
                                call.id())
                        : Reply.json(200, report));
    }
}
