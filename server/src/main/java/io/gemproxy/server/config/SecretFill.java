package io.gemproxy.server.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills secrets the file leaves out or only holds an example of from {@code JWT_SECRET}, {@code
 * ADMIN_PASSWORD}, {@code GEMINI_API_KEYS} and {@code GEMINI_API_KEY}.
 */
final class SecretFill {
    private final Map<String, String> environment;
    private final Leaves leaves;
    private final Report report;

    SecretFill(Map<String, String> environment, Leaves leaves, Report report) {
        this.environment = environment;
        this.leaves = leaves;
        this.report = report;
    }

    void fill() {
        fillOne("auth.jwt_secret", "JWT_SECRET");
        fillOne("auth.admin_password", "ADMIN_PASSWORD");
        fillKeys(offeredKeys());
    }

    private void fillOne(String path, String variable) {
        String value = environment.getOrDefault(variable, "");
        if (!value.isBlank() && isOpen(path, false)) {
            put(path, value, variable);
        }
    }

    private boolean isOpen(String path, boolean apiKey) {
        return leaves.find(path)
                .map(leaf ->
                        leaf.isBlank()
                                || (apiKey
                                        ? KnownSecrets.isExampleKey(leaf.text())
                                        : KnownSecrets.isPlaceholder(leaf.text())))
                .orElseGet(
                        () -> leaves.find(path + "_file").isEmpty() && report.mayCallMissing(path));
    }

    private void fillKeys(Map<String, String> offered) {
        if (leaves.entries(KeySettings.KEYS).isEmpty() && report.mayCallMissing(KeySettings.KEYS)) {
            offered.forEach(this::addEntry);
            return;
        }
        List<String> values = new ArrayList<>(offered.keySet());
        values.removeIf(this::isThere);
        int used = 0;
        for (int i = 0; i < leaves.entries(KeySettings.KEYS).size() && used < values.size(); i++) {
            String path = Leaves.entryPath(KeySettings.KEYS, i) + ".key";
            if (isOpen(path, true)) {
                String value = values.get(used++);
                put(path, value, offered.getOrDefault(value, ""));
            }
        }
        if (used > 0 && used < values.size()) {
            spare(values.size(), used);
        }
    }

    private boolean isThere(String value) {
        return leaves.all().stream()
                .anyMatch(leaf -> leaf.setting().secret() && leaf.text().equals(value));
    }

    private void spare(int offered, int used) {
        report.add(
                Rule.SPARE_KEYS,
                Spot.whole("environment GEMINI_API_KEYS"),
                KeySettings.KEYS,
                offered + " keys are offered, and only " + used + " needed",
                "add entries to gemini.api_keys");
    }

    private void addEntry(String value, String variable) {
        Spot spot = Spot.whole("environment " + variable);
        String path = leaves.beginEntry(KeySettings.KEYS, spot);
        Setting id = Settings.at(KeySettings.KEYS + "[].id");
        String name = "key" + leaves.entries(KeySettings.KEYS).size();
        leaves.put(new Leaf(path + ".id", id, name, Leaf.Form.ANY, spot, Layer.ENVIRONMENT));
        put(path + ".key", value, variable);
    }

    private void put(String path, String value, String variable) {
        Setting setting = Settings.at(path);
        Spot spot = Spot.whole("environment " + variable);
        leaves.put(new Leaf(path, setting, value.strip(), Leaf.Form.ANY, spot, Layer.ENVIRONMENT));
    }

    /** Each key once, with the variable it comes from. */
    private Map<String, String> offeredKeys() {
        Map<String, String> offered = new LinkedHashMap<>();
        for (String variable : List.of("GEMINI_API_KEYS", "GEMINI_API_KEY")) {
            Arrays.stream(environment.getOrDefault(variable, "").split(",", -1))
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .forEach(value -> offered.putIfAbsent(value, variable));
        }
        return offered;
    }
}
