package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigShowCommandTest {
    private static final String API_KEY =
            Emissions.OF_THIS_RUN.secret(
                    "the pooled key", "AIzaSyC7kR2wN9vX4mT6pB8nJ3hG5fD0sZ1aQeL");

    @TempDir private Path directory;
    private CliRun run;

    @BeforeEach
    void anInstallation() throws IOException {
        run =
                new CliRun(directory)
                        .config(
                                """
                                server:
                                  host: ${HOST:127.0.0.1}
                                  trusted_proxies: ["10.0.0.0/8", "::1"]
                                gemini:
                                  api_keys:
                                    - id: primary
                                      limits: {gemini-2.5-pro: {requests_per_day: 100}}
                                auth:
                                  rate_limit_per_minute: 60
                                """)
                        .variable("JWT_SECRET", CliRun.SECRET)
                        .variable("GEMINI_API_KEY", API_KEY)
                        .variable("GEMPROXY_LOGGING_LEVEL", "debug");
    }

    @Test
    void tellsEachValueAndWhereItComesFrom() {
        var outcome = run.run("config", "show", "--origin", "--set", "server.port=8444");
        assertEquals(CliRun.golden("config-show.txt"), outcome.out());
        assertEquals("", outcome.err());
        assertEquals(0, outcome.status());
    }

    @Test
    void tellsProgramsTheSame() {
        var outcome = run.run("config", "show", "--origin", "--set=server.port=8444", "-o", "json");
        assertEquals(CliRun.golden("config-show.json"), outcome.out());
        assertEquals(0, outcome.status());
    }

    @Test
    void leavesTheOriginAwayUnlessAsked() {
        String text = run.run("config", "show").out();
        assertTrue(text.matches("(?s)KEY +VALUE\nserver\\.host +127\\.0\\.0\\.1\n.*"), text);
        assertFalse(text.contains("proxy.yaml"), text);
        String json = run.run("config", "show", "-o", "json").out();
        assertFalse(json.contains("origin"), json);
        assertFalse(json.contains("layer"), json);
    }

    @Test
    void neverShowsASecret() {
        for (String format : new String[] {"text", "json"}) {
            var outcome = run.run("config", "show", "--origin", "-o", format);
            assertTrue(outcome.out().contains("auth.jwt_secret"), outcome.out());
            assertFalse(outcome.out().contains(CliRun.SECRET));
            assertFalse(outcome.out().contains(API_KEY));
        }
    }

    @Test
    void showsTheRestWhereASecretCannotBeReadAndNotTheSecretThatWasPutForItsFile()
            throws IOException {
        String pasted = Emissions.OF_THIS_RUN.secret("the pasted secret", "w0rd/of-a.Signing+Key9");
        var outcome =
                new CliRun(directory)
                        .config("auth: {jwt_secret_file: " + pasted + "}")
                        .variable("GEMINI_API_KEY", API_KEY)
                        .run("config", "show");
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.out().matches("(?s).*auth.jwt_secret_file +\\*{4}\n.*"), outcome.out());
        assertFalse(outcome.out().contains(pasted), outcome.out());
        assertFalse(outcome.err().contains(pasted), outcome.err());
        assertTrue(outcome.err().contains("the file does not exist"), outcome.err());
    }

    @Test
    void saysWhatIsWrongWithAConfigurationThatCannotBeUsed() {
        var outcome = run.run("config", "show", "--set", "server.prot=1");
        assertEquals(1, outcome.status());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().contains("did you mean server.port?"), outcome.err());
        var missing = run.run("config", "show", "--config", "other.yaml");
        assertEquals(5, missing.status());
    }
}
