package io.gemproxy.server.config;

import static io.gemproxy.server.config.Rows.optional;

import java.util.List;

/** The rows of the table of settings that are about what tokens cost. */
final class UsageSettings {
    private UsageSettings() {}

    static List<Setting> all() {
        return List.of(
                optional(
                        "usage.prices_file",
                        new Kind.FilePath(),
                        "config/prices.yaml",
                        "Prices of your own, over those this version comes with."));
    }
}
