package io.gemproxy.server.config;

import static io.gemproxy.server.config.Rows.flag;

import java.util.List;

/** The rows of the table of settings that are about reloading. */
final class ReloadSettings {
    private ReloadSettings() {}

    static List<Setting> all() {
        return List.of(
                flag(
                        "reload.watch",
                        "true",
                        "Whether a change of this file, or of a file it names, is put into effect"
                                + " by itself."));
    }
}
