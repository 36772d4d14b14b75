package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code weights} against a server with one preset. */
final class WeightsCommandsIT {
    private static final String WEIGHTS =
            """
            {"preset":"night","applied_at":"2026-11-21T22:00:00.000Z","applied_by":"ops",\
            "previous":null,"keys":[{"id":"primary","weight":10,"from_preset":true},\
            {"id":"spare","weight":100,"from_preset":false}]}\
            """;
    private static final String PRESET =
            """
            {"name":"night","weights":{"primary":10,"spare":5},\
            "saved_at":"2026-11-21T21:00:00.000Z","saved_by":"ops","applied":true}\
            """;

    @RegisterExtension
    private final ScriptedAdmin admin =
            new ScriptedAdmin()
                    .says("GET /api/weights", WEIGHTS)
                    .says("POST /api/weights/apply", WEIGHTS)
                    .says("POST /api/weights/rollback", WEIGHTS)
                    .says("GET /api/weights/presets", "{\"presets\":[" + PRESET + "]}")
                    .says("GET /api/weights/presets/night", PRESET)
                    .says("PUT /api/weights/presets/night", PRESET)
                    .says("PUT /api/weights/presets/now", PRESET);

    @TempDir private Path directory;

    @Test
    void weightsAreShownSavedAppliedAndRolledBack() throws IOException {
        String table =
                """
                preset night holds since 2026-11-21 22:00 UTC, applied by ops

                KEY      WEIGHT  FROM
                primary  10      preset
                spare    100     configuration
                """;
        String presets =
                """
                -      PRESET  SAVED                 BY   WEIGHTS
                holds  night   2026-11-21 21:00 UTC  ops  primary=10 spare=5
                """;
        assertEquals(table, run("weights", "show").out());
        assertEquals(presets, run("weights", "show", "night").out());
        assertEquals(presets, run("weights", "list").out());
        assertEquals(
                presets,
                run("weights", "save", "night", "--weight", "primary=10", "--weight", "spare=5")
                        .out());
        assertEquals(
                "PUT /api/weights/presets/night {\"weights\":{\"primary\":10,\"spare\":5}}",
                admin.asked().getLast());
        run("weights", "save", "now");
        assertEquals("PUT /api/weights/presets/now {}", admin.asked().getLast());
        assertEquals(table, run("weights", "apply", "night").out());
        assertEquals(
                "POST /api/weights/apply {\"preset_name\":\"night\"}", admin.asked().getLast());
        assertEquals(table, run("weights", "rollback").out());
        assertEquals(1, run("weights", "show", "nothing").status());
        assertEquals(2, run("weights", "apply").status());
    }

    private CliRun.Outcome run(String... arguments) throws IOException {
        return admin.installed(directory).run(arguments);
    }
}
