package io.gemproxy.server.admin;

import io.gemproxy.server.admin.Endpoint.Access;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.explanation.RequestHistory;
import io.gemproxy.server.metrics.MetricsText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All paths of the admin port and what they read. */
final class Endpoints {
    /** Where credentials are given. */
    private static final Set<String> GRANTING =
            Set.of("/api/tokens", "/auth/login", "/auth/refresh");

    /** What may declare a client, another password, or that no audit log is wanted. */
    private static final Set<String> CONFIGURING =
            Set.of("config.put", "config.rollback", "key.add", "key.change");

    private final AdminSources sources;
    private final HealthAnswers health;

    Endpoints(AdminSources sources) {
        this.sources = sources;
        health = new HealthAnswers(sources);
    }

    List<Endpoint> all() {
        return Stream.of(
                        facts(),
                        new KeyEndpoints(sources.desk(), sources.config()).all(),
                        new KeyWriteEndpoints(sources.config(), sources.desk()).all(),
                        new ConfigEndpoints(sources.config()).all(),
                        new WeightEndpoints(sources.weights(), sources.desk()).all(),
                        new BudgetEndpoints(sources.budgets(), sources.days()).all(),
                        new UsageEndpoints(sources.ledger(), sources.savings(), sources.clock())
                                .all(),
                        new TokenEndpoints(sources.tokens(), sources.audit(), sources.clock())
                                .all(),
                        new SigningKeyEndpoints(sources.tokens().ring()).all(),
                        new LoginEndpoints(sources).all(),
                        new SessionEndpoints(sources.sessions().sessions()).all(),
                        new ReloadEndpoints(sources.reloading()).all(),
                        requests(),
                        new CertificateEndpoints(sources.certificates(), sources.clock()).all(),
                        new DrainEndpoints(sources.drain(), sources.status()).all(),
                        new OpenApiEndpoints().all(),
                        new AuditEndpoints(sources.records()).all())
                .flatMap(List::stream)
                .map(it -> grants(it) ? it.onlyWhile(sources.auditing()) : it)
                .toList();
    }

    private static boolean grants(Endpoint endpoint) {
        return GRANTING.contains(endpoint.path())
                || endpoint.action().filter(CONFIGURING::contains).isPresent();
    }

    private List<Endpoint> facts() {
        return List.of(
                health("/health", health::summary),
                health("/health/live", health::live),
                health("/health/ready", health::ready),
                health("/health/detailed", health::detailed),
                Endpoint.reading("/metrics", Access.OPENABLE, _ -> metrics()),
                json("/performance", Access.OPENABLE, () -> PerformanceJson.of(sources)),
                json("/errors", Access.OPENABLE, () -> ErrorsJson.of(sources.errors().read())),
                json("/api/status", Access.ADMIN, this::status));
    }

    private StatusJson status() {
        return StatusJson.of(sources.status().get(), sources.reloading().status());
    }

    private static Endpoint health(String path, Supplier<HealthAnswers.Answer> answer) {
        return Endpoint.reading(
                path,
                Access.OPEN,
                _ -> {
                    HealthAnswers.Answer found = answer.get();
                    return Optional.of(Reply.json(found.status(), found.body()));
                });
    }

    private static Endpoint json(String path, Access access, Supplier<Object> body) {
        return Endpoint.reading(path, access, _ -> Optional.of(Reply.json(200, body.get())));
    }

    private Optional<Reply> metrics() {
        return sources.metrics().map(text -> Reply.text(MetricsText.CONTENT_TYPE, text.scrape()));
    }

    private List<Endpoint> requests() {
        return List.of(
                Endpoint.reading(
                        "/api/requests/{id}", Access.ADMIN, call -> Optional.of(request(call))));
    }

    private Reply request(Endpoint.Call call) {
        return sources.requests()
                .find(new RequestId(call.named("id")))
                .map(trace -> Reply.json(200, RequestJson.of(trace)))
                .orElseGet(() ->
                        Reply.missing(
                                "This is none of the last "
                                        + RequestHistory.KEPT
                                        + " requests, or it still runs.",
                                call.id()));
    }
}
