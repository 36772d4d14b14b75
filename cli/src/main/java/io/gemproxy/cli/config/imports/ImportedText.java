package io.gemproxy.cli.config.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes what was imported as a commented {@code proxy.yaml}. */
final class ImportedText {
    private final Imported imported;
    private final List<String> lines = new ArrayList<>();

    ImportedText(Imported imported) {
        this.imported = imported;
    }

    /**
     * The whole file.
     *
     * @param signing a fresh signing secret
     * @param password a fresh admin password
     */
    String of(Product product, String signing, String password) {
        head(product);
        server();
        gemini();
        lines.addAll(
                List.of(
                        "",
                        "auth:",
                        "  # Signs client tokens: gemproxy-cli token issue --subject NAME",
                        "  jwt_secret: " + quoted(signing),
                        "  # For people who log in to the admin port.",
                        "  admin_password: " + quoted(password),
                        "  # Requests a minute of a client whose token names no limit.",
                        "  rate_limit_per_minute: 60",
                        "",
                        "# Health, metrics and the admin API; not for other machines.",
                        "admin:",
                        "  host: 127.0.0.1",
                        "  port: 9090"));
        section("logging");
        return String.join("\n", lines) + "\n";
    }

    private void head(Product product) {
        lines.add(
                "# gemproxy's configuration, made from one of "
                        + product.word()
                        + " by gemproxy-cli config import.");
        lines.add(
                "# It holds secrets: keep its mode at 0600. Check it with: gemproxy-cli validate");
        lines.add("# Each key there is stands in proxy.yaml.example.");
        if (!imported.leftovers().isEmpty()) {
            lines.add("#");
            lines.add("# Not carried over:");
            imported.leftovers().forEach(it -> lines.add("#   " + it.name() + ": " + it.why()));
        }
        lines.add("");
    }

    private void server() {
        lines.add("server:");
        Map<String, String> given = those("server");
        given.putIfAbsent("host", "127.0.0.1");
        given.putIfAbsent("port", "8443");
        given.forEach((name, value) -> lines.add("  " + name + ": " + quoted(value)));
        lines.add("  tls:");
        lines.add("    enabled: true # a self-signed pair is made where there is none");
        lines.add("    cert_path: certs/cert.pem");
        lines.add("    key_path: certs/key.pem");
    }

    private void gemini() {
        lines.add("");
        lines.add("gemini:");
        Map<String, String> breaker = those("gemini.breaker");
        those("gemini").forEach((name, value) -> lines.add("  " + name + ": " + quoted(value)));
        if (!breaker.isEmpty()) {
            lines.add("  breaker:");
            breaker.forEach((name, value) -> lines.add("    " + name + ": " + quoted(value)));
        }
        if (imported.keys().isEmpty()) {
            lines.add(
                    "  # Keys come from GEMINI_API_KEYS (or GEMINI_API_KEY) while none stand here.");
            lines.add("  api_keys: []");
            return;
        }
        lines.add("  # Keys of one project share one quota: give those the same project.");
        lines.add("  api_keys:");
        imported.keys().forEach(this::key);
    }

    private void key(ImportedKey key) {
        lines.add("    - id: " + quoted(key.id()));
        lines.add("      key: " + quoted(key.value()));
        key.weight().ifPresent(weight -> lines.add("      weight: " + weight));
        if (!key.limits().isEmpty()) {
            lines.add("      limits:");
            key.limits().forEach((model, limits) -> lines.add(limit(model, limits)));
        }
    }

    private static String limit(String model, Map<String, Long> limits) {
        return limits.entrySet().stream()
                .map(it -> it.getKey() + ": " + it.getValue())
                .collect(Collectors.joining(", ", "        " + quoted(model) + ": {", "}"));
    }

    private void section(String name) {
        Map<String, String> given = those(name);
        if (!given.isEmpty()) {
            lines.add("");
            lines.add(name + ":");
            given.forEach((key, value) -> lines.add("  " + key + ": " + quoted(value)));
        }
    }

    /** The settings right under a section. */
    private Map<String, String> those(String section) {
        Map<String, String> those = new LinkedHashMap<>();
        imported.settings()
                .forEach((path, value) -> {
                    String name = path.substring(path.lastIndexOf('.') + 1);
                    if (path.equals(section + "." + name)) {
                        those.put(name, value);
                    }
                });
        return those;
    }

    /** Numbers and plain words as they are, all else in double quotes. */
    private static String quoted(String value) {
        if (value.matches("[0-9]{1,15}|[a-z][a-z_]*")) {
            return value;
        }
        String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"");
        return '"' + escaped.replaceAll("\\p{Cntrl}", "") + '"';
    }
}
