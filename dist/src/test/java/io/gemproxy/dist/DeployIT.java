package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy.sh} with archives of several versions; a script of the test is systemd. */
@Timeout(600)
final class DeployIT {
    @TempDir private Path directory;
    private RunningProxy simulator;

    @BeforeEach
    void layOutAMachine() throws Exception {
        simulator = Household.simulator(directory);
        new Household(directory).furnish(simulator);
        program(
                "machine/systemctl",
                """
                #!/bin/sh
                cd '%s'
                pid=$(cat pid 2>/dev/null || echo 0)
                case $1 in
                    daemon-reload) [ ! -e reload-fails ] || { rm reload-fails; exit 1; } ;;
                    show) echo "$pid" ;;
                    is-active) [ "$pid" != 0 ] && kill -0 "$pid" 2>/dev/null ;;
                    restart)
                        [ "$pid" = 0 ] || { kill "$pid" 2>/dev/null && tail --pid="$pid" -f /dev/null; }
                        [ ! -e environment ] || { set -a; . ./environment; set +a; }
                        prefix/lib/gemproxy/bin/gemproxy --config config/proxy.yaml >>server.out 2>&1 &
                        echo $! >pid
                        ;;
                esac
                """
                        .formatted(directory));
        program("machine/dpkg-query", "#!/bin/sh\nexit 1\n");
        program("machine/runuser", "#!/bin/sh\nexit 0\n");
    }

    @AfterEach
    void stop() throws IOException {
        Path pid = directory.resolve("pid");
        if (Files.exists(pid)) {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                    .ifPresent(server -> {
                        server.destroy();
                        server.onExit().join();
                    });
        }
        simulator.close();
        Emissions.OF_THIS_RUN.directory(directory);
    }

    @Test
    void aNewVersionReplacesTheOldOneOnlyIfItServes() throws Exception {
        Path first = archive("1", real("gemproxy", "1"), real("gemproxy-cli", "1"));
        assertOutcome(0, deploy(first));
        String process = process();
        assertEquals("1", installed());

        Outcome again = deploy(first);
        assertOutcome(0, again);
        assertTrue(again.err().contains("this very program is installed"), again.err());
        assertEquals(process, process());

        Path second = archive("2", real("gemproxy", "2"), real("gemproxy-cli", "2"));
        Outcome dry = deploy(second, "--dry-run");
        assertOutcome(0, dry);
        assertEquals("1", installed());
        assertEquals(process, process());
        assertOutcome(0, deploy(second));
        assertEquals("2", installed());
        assertNotEquals(process, process());
        goesBackFromABrokenOne();
        goesBackWhereSystemdDoesNotReadTheUnit();
        saysThatNothingWasChangedWhereTheOldOneCannotBeKept();
        doesNotTouchAnythingForOneThatRefusesTheConfiguration();
    }

    private void goesBackFromABrokenOne() throws Exception {
        Path broken = archive("3", "#!/bin/sh\n# version 3\nexit 1\n", real("gemproxy-cli", "3"));
        Outcome rolledBack = deploy(broken, "--timeout", "5");
        assertOutcome(1, rolledBack);
        assertTrue(rolledBack.err().contains("the old server serves again"), rolledBack.err());
        assertEquals("2", installed());
        assertTrue(new Household(directory).ask("status").contains("serving"));
    }

    private void goesBackWhereSystemdDoesNotReadTheUnit() throws Exception {
        Path third = archive("3", real("gemproxy", "3"), real("gemproxy-cli", "3"));
        Files.createFile(directory.resolve("reload-fails"));
        Outcome rolledBack = deploy(third);
        assertOutcome(5, rolledBack);
        assertTrue(rolledBack.err().contains("the old server serves again"), rolledBack.err());
        assertEquals("2", installed());
    }

    private void saysThatNothingWasChangedWhereTheOldOneCannotBeKept() throws Exception {
        String process = process();
        Path file = Files.createFile(directory.resolve("no-directory"));
        Path third = directory.resolve("gemproxy-3-linux-x64.tar.gz");
        Outcome refused = deploy(third, "--keep", file.resolve("keep").toString());
        assertOutcome(5, refused);
        assertTrue(refused.err().contains("nothing was changed"), refused.err());
        assertEquals("2", installed());
        assertEquals(process, process());
    }

    @Test
    void theNewServerIsAskedInTheEnvironmentOfTheService() throws Exception {
        Path config = directory.resolve("config/proxy.yaml");
        String text = Files.readString(config);
        String named = text.replaceFirst("jwt_secret: \"([^\"]+)\"", "jwt_secret: \"\\${MY_JWT}\"");
        assertNotEquals(text, named);
        String secret = text.replaceFirst("(?s).*jwt_secret: \"([^\"]+)\".*", "$1");
        Files.writeString(config, named.replace("socket: admin.sock", "socket: nowhere.sock"));
        Files.writeString(
                Emissions.OF_THIS_RUN.given(directory.resolve("environment")),
                "# of the service\nMY_JWT=\"%s\"\nGEMPROXY_ADMIN_SOCKET=admin.sock\nJAVA_HOME=%s\n"
                        .formatted(secret, System.getProperty("java.home")));
        Files.createDirectories(directory.resolve("archives/gemproxy-1/lib"));
        Files.writeString(
                directory.resolve("archives/gemproxy-1/lib/service.sh"),
                Files.readString(Installation.checkout().resolve("dist/src/main/sh/service.sh"))
                        .replace("=/etc/gemproxy", "=" + directory.resolve("config"))
                        .replace("=/etc/default/gemproxy", "=" + directory.resolve("environment"))
                        .replace("=/var/lib/gemproxy", "=" + directory));
        Files.copy(
                Installation.checkout().resolve("dist/src/main/sh/service-check.sh"),
                directory.resolve("archives/gemproxy-1/lib/service-check.sh"));
        Path archive = archive("1", real("gemproxy", "1"), real("gemproxy-cli", "1"));
        Outcome outcome = deploy(archive, "--config", config.toString(), "--timeout", "30");
        assertOutcome(0, outcome);
        assertTrue(outcome.out().contains("serving"), outcome.out() + outcome.err());
    }

    private void doesNotTouchAnythingForOneThatRefusesTheConfiguration() throws Exception {
        String process = process();
        Path refusing =
                archive("4", real("gemproxy", "4"), "#!/bin/sh\n# version 4\necho no; exit 1\n");
        Outcome refused = deploy(refusing);
        assertOutcome(4, refused);
        assertTrue(refused.err().contains("nothing was changed"), refused.err());
        assertEquals("2", installed());
        assertEquals(process, process());
    }

    private static void assertOutcome(int status, Outcome outcome) {
        assertEquals(status, outcome.status(), outcome.out() + outcome.err());
    }

    private Outcome deploy(Path archive, String... more) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Installation.checkout().resolve("scripts/deploy.sh").toString(),
                                "--artifact",
                                archive.toString(),
                                "--config",
                                "config/proxy.yaml",
                                "--prefix",
                                directory.resolve("prefix").toString(),
                                "--keep",
                                directory.resolve("keep").toString()));
        command.addAll(List.of(more));
        Map<String, String> environment = new HashMap<>(RunningProxy.environment());
        environment.merge("PATH", directory.resolve("machine") + ":", (path, own) -> own + path);
        return Outcome.of(directory, environment, command);
    }

    /** An archive in which the launchers are these texts. */
    private Path archive(String version, String server, String cli) throws Exception {
        String tree = "archives/gemproxy-" + version;
        program(tree + "/bin/gemproxy", server);
        program(tree + "/bin/gemproxy-cli", cli);
        program(
                tree + "/scripts/install.sh",
                """
                #!/bin/sh
                set -eu
                from=$(cd "$(dirname "$0")/.." && pwd)
                rm -rf "$2/lib/gemproxy"
                mkdir -p "$2/lib/gemproxy"
                cp -a "$from/." "$2/lib/gemproxy/"
                """);
        Path archive = directory.resolve("gemproxy-" + version + "-linux-x64.tar.gz");
        Outcome packed =
                Outcome.of(
                        directory.resolve("archives"),
                        RunningProxy.environment(),
                        List.of("tar", "-czf", archive.toString(), "gemproxy-" + version));
        assertOutcome(0, packed);
        return archive;
    }

    private static String real(String program, String version) {
        return "#!/bin/sh\n# version "
                + version
                + "\nexec '"
                + Installation.program(program)
                + "' \"$@\"\n";
    }

    private void program(String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertTrue(file.toFile().setExecutable(true));
    }

    private String installed() throws IOException {
        return Files.readString(directory.resolve("prefix/lib/gemproxy/bin/gemproxy"))
                .lines()
                .filter(line -> line.startsWith("# version "))
                .map(line -> line.substring(10))
                .findFirst()
                .orElseThrow();
    }

    private String process() throws IOException {
        return Files.readString(directory.resolve("pid")).strip();
    }
}
