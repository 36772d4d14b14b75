package io.gemproxy.server.admin;

import io.gemproxy.server.admin.Endpoint.Access;
import io.gemproxy.server.metrics.MetricsText;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** All paths of the admin port and what they read. */
final class Endpoints {
    private final AdminSources sources;
    private final HealthAnswers health;

    Endpoints(AdminSources sources) {
        this.sources = sources;
        health = new HealthAnswers(sources);
    }

    List<Endpoint> all() {
        return List.of(
                health("/health", health::summary),
                health("/health/live", health::live),
                health("/health/ready", health::ready),
                health("/health/detailed", health::detailed),
                new Endpoint("/metrics", Access.OPENABLE, _ -> metrics()),
                json("/performance", Access.OPENABLE, () -> PerformanceJson.of(sources)),
                json("/errors", Access.OPENABLE, () -> ErrorsJson.of(sources.errors().read())),
                json("/api/status", Access.ADMIN, () -> StatusJson.of(sources.status().get())),
                json(
                        "/api/usage/cache",
                        Access.ADMIN,
                        () -> CacheSavingsJson.of(sources.savings())),
                json("/api/keys", Access.ADMIN, () -> new KeyList(keys())),
                new Endpoint(
                        "/api/keys/{id}",
                        Access.ADMIN,
                        request -> key(request.path().pathParameters().get("id"))));
    }

    private static Endpoint health(String path, Supplier<HealthAnswers.Answer> answer) {
        return new Endpoint(
                path,
                Access.OPEN,
                _ -> {
                    HealthAnswers.Answer found = answer.get();
                    return Optional.of(Reply.json(found.status(), found.body()));
                });
    }

    private static Endpoint json(String path, Access access, Supplier<Object> body) {
        return new Endpoint(path, access, _ -> Optional.of(Reply.json(200, body.get())));
    }

    private Optional<Reply> metrics() {
        return sources.metrics().map(text -> Reply.text(MetricsText.CONTENT_TYPE, text.scrape()));
    }

    private Optional<Reply> key(String id) {
        return keys().stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .map(key -> Reply.json(200, key));
    }

    private List<KeyJson> keys() {
        return sources.keys().get().stream().map(KeyJson::of).toList();
    }

    /** Body of {@code /api/keys}. */
    record KeyList(List<KeyJson> keys) {}
}
