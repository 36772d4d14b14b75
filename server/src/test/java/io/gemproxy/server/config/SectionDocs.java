package io.gemproxy.server.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One sentence for each section and list of the configuration. */
final class SectionDocs {
    private static final Map<String, String> DOCS =
            Map.ofEntries(
                    Map.entry("server", "The proxy port: client traffic, nothing else."),
                    Map.entry("server.tls", "TLS of the proxy port."),
                    Map.entry("server.tls.acme", "Certificates by ACME (RFC 8555)."),
                    Map.entry(
                            "server.tls.certificates",
                            "Further certificates, by the name that a client asks for."),
                    Map.entry(
                            "server.tls.http_redirect",
                            "A port of plain HTTP: challenges of ACME, and the way to https."),
                    Map.entry("server.tls.hsts", "Strict-Transport-Security (RFC 6797)."),
                    Map.entry("gemini", "Google's side."),
                    Map.entry("gemini.breaker", "When a failing key rests, and how it returns."),
                    Map.entry(
                            "gemini.api_keys",
                            "The pooled keys; keys of different projects add capacity."),
                    Map.entry(
                            "gemini.api_keys[].limits",
                            "What the project may use of a model; * stands for each that is not"
                                    + " named."),
                    Map.entry("auth", "Client tokens."),
                    Map.entry("auth.jwks", "Others whose tokens hold too."),
                    Map.entry("auth.clients", "Declared clients; with a token the stricter wins."),
                    Map.entry("auth.clients[].limits", "What it may use in a time."),
                    Map.entry("auth.clients[].budgets", "What it may spend."),
                    Map.entry("auth.clients[].budgets.day", "In a day of UTC."),
                    Map.entry("auth.clients[].budgets.month", "In a month of UTC."),
                    Map.entry("limits", "Limits on clients, all of them optional."),
                    Map.entry("limits.client", "For a client that has no limit of its own."),
                    Map.entry("limits.address", "For one address, before any credential."),
                    Map.entry("limits.global", "For all clients together."),
                    Map.entry("admin", "The admin port: health, metrics, admin API."),
                    Map.entry("admin.tls", "TLS of the admin port."),
                    Map.entry("admin.cors", "Pages of other origins."),
                    Map.entry("usage", "What tokens cost."),
                    Map.entry("metrics", "Prometheus metrics of the admin port."),
                    Map.entry("telemetry", "What a collector of OpenTelemetry is told."),
                    Map.entry("telemetry.otlp", "OTLP over HTTP."),
                    Map.entry("logging", "The application log, on standard output."),
                    Map.entry(
                            "audit",
                            "One JSON object for each request; never a prompt, an answer or a"
                                    + " credential."),
                    Map.entry("state", "What must survive a restart."),
                    Map.entry("reload", "How a changed configuration is noticed."));

    private SectionDocs() {}

    static Optional<String> of(String path) {
        return Optional.ofNullable(DOCS.get(path));
    }

    static Set<String> paths() {
        return DOCS.keySet();
    }
}
