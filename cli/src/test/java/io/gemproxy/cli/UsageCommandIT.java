package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.cli.ScriptedAdmin.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code usage} against a server with a report. */
final class UsageCommandIT {

    @RegisterExtension
    private final ScriptedAdmin admin =
            new ScriptedAdmin().otherwise(_ -> new Answer(200, CliRun.golden("admin-usage.json")));

    @TempDir private Path directory;

    @Test
    void peopleSeeATableWithItsTotalAndWhatIsNotCertain() throws IOException {
        var outcome = run("usage");
        assertEquals(CliRun.golden("usage.txt"), outcome.out(), outcome.err());
        assertEquals(0, outcome.status());
        assertEquals(List.of("GET /api/usage?by=client%2Cmodel"), admin.asked());
    }

    @Test
    void programsSeeTheServersAnswer() throws IOException {
        var outcome = run("usage", "-o", "json");
        assertEquals(CliRun.golden("usage.json"), outcome.out(), outcome.err());
    }

    @Test
    void theQuestionIsPassedOn() throws IOException {
        run("usage", "--by", "key,day", "--since", "7d", "--until", "2026-11-20");
        assertEquals(
                List.of("GET /api/usage?by=key%2Cday&since=7d&until=2026-11-20"), admin.asked());
    }

    private CliRun.Outcome run(String... arguments) throws IOException {
        return admin.installed(directory).run(arguments);
    }
}
