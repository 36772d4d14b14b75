package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts of an operator have in common, and how they make secrets. */
final class OperationScriptsIT {
    private static final List<String> SCRIPTS =
            List.of(
                    "backup.sh",
                    "container-secrets.sh",
                    "deploy.sh",
                    "grafana-password.sh",
                    "monitor.sh",
                    "quickstart.sh");

    @TempDir private Path directory;

    @TestFactory
    Stream<DynamicTest> eachHasHelpAndRefusesWhatItDoesNotKnow() {
        return SCRIPTS.stream()
                .map(name ->
                        DynamicTest.dynamicTest(
                                name,
                                () -> {
                                    Outcome help = run(name, "--help");
                                    assertEquals(0, help.status(), help.err());
                                    assertTrue(help.out().startsWith("usage: "), help.out());
                                    Outcome refused = run(name, "--no-such-option");
                                    assertEquals(2, refused.status(), refused.err());
                                    assertEquals("", refused.out());
                                }));
    }

    @Test
    void thePasswordOfGrafanaIsFreshPrivateAndKept() throws Exception {
        Path first = directory.resolve("new/first");
        Path second = directory.resolve("second");
        assertEquals(0, make(first).status());
        assertEquals(0, make(second).status());
        String password = password(first);
        assertFalse(password.equals(password(second)), "the same password twice");
        assertEquals(32, password.length());
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(first)));

        Outcome again = make(first);
        assertEquals("kept: " + first + "\n", again.err());
        assertEquals(password, password(first));
    }

    @Test
    void containersGetAllTheirSecretsOnceAndNoneIsPrinted() throws Exception {
        Path secrets = directory.resolve("secrets");
        Outcome without = run("container-secrets.sh", "--dir", secrets.toString());
        assertEquals(1, without.status(), without.err());
        assertTrue(without.err().contains("GEMINI_API_KEY"), without.err());

        Files.writeString(Emissions.OF_THIS_RUN.given(secrets.resolve("gemini-primary")), "a-key");
        Outcome outcome = run("container-secrets.sh", "--dir", secrets.toString());
        assertEquals(0, outcome.status(), outcome.err());
        for (String name : List.of("jwt-secret", "audit-chain.key", "grafana-password")) {
            String value = password(secrets.resolve(name));
            assertTrue(value.strip().length() >= 32, name);
            assertFalse(without.err().contains(value.strip()), name);
        }
    }

    @Test
    void containersAreGivenNothingThroughALink() throws Exception {
        Path secrets = Files.createDirectory(directory.resolve("linked"));
        Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "somebody else's");
        Files.createSymbolicLink(secrets.resolve("jwt-secret"), elsewhere);
        Object owner = Files.getAttribute(elsewhere, "unix:uid");
        Outcome refused = run("container-secrets.sh", "--dir", secrets.toString());
        assertEquals(1, refused.status(), refused.err());
        assertTrue(refused.err().contains("jwt-secret is a symbolic link"), refused.err());
        assertEquals(owner, Files.getAttribute(elsewhere, "unix:uid"));
        assertEquals("somebody else's", Files.readString(elsewhere));
    }

    private static String password(Path file) throws Exception {
        return Emissions.OF_THIS_RUN.secret(
                "a generated secret", Files.readString(Emissions.OF_THIS_RUN.given(file)).strip());
    }

    private Outcome make(Path file) throws Exception {
        return run("grafana-password.sh", file.toString());
    }

    private Outcome run(String script, String... words) throws Exception {
        return new Household(directory).script(script, words);
    }
}
