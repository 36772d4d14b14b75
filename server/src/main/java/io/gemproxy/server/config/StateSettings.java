package io.gemproxy.server.config;

import static io.gemproxy.server.config.Rows.file;

import java.util.List;

/** The rows of the table of settings that are about what must survive a restart. */
final class StateSettings {
    private StateSettings() {}

    static List<Setting> all() {
        return List.of(file("state.dir", "var", "What must survive a restart.").onRestart());
    }
}
