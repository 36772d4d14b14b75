package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code backup.sh --restore} by root into directories of somebody who lays links at the worst
 * moment: programs of the test, which the script takes for its own, do that for them.
 */
@Timeout(60)
final class RestoreIT {
    private static final int SOMEBODY = 65_534;

    @TempDir private Path directory;
    private Path archive;
    private Path root;
    private Path elsewhere;

    @BeforeEach
    void pack() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root gives files away");
        archive = directory.resolve("backup.tar.gz");
        root = Files.createDirectory(directory.resolve("root"));
        elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        sh(
                """
                mkdir -p pack/root/srv/a/config pack/root/srv/a/var
                cd pack
                echo '{}' >root/srv/a/var/state.json
                echo 'server: {}' >root/srv/a/config/proxy.yaml
                chown -R 65534 root/srv/a/var
                chmod 0750 root/srv/a/var
                printf '%s\\n' format=1 config=/srv/a/config/proxy.yaml state=/srv/a/var \
                    audit=/srv/a/logs/audit.log chain_key=/srv/a/key >BACKUP
                find root -type f -print0 | xargs -0 sha256sum >SHA256SUMS
                tar -czf ../backup.tar.gz BACKUP SHA256SUMS root
                """);
    }

    @Test
    void ownersAndModesAreThoseOfTheArchive() throws Exception {
        Outcome outcome = restore();
        assertEquals(0, outcome.status(), outcome.err());
        Path state = root.resolve("srv/a/var");
        assertEquals(SOMEBODY, Files.getAttribute(state, "unix:uid"));
        assertEquals(0750, (int) Files.getAttribute(state, "unix:mode") & 07777);
        assertEquals(SOMEBODY, Files.getAttribute(state.resolve("state.json"), "unix:uid"));
        assertEquals(0, Files.getAttribute(root.resolve("srv/a"), "unix:uid"));
    }

    @Test
    void anArchiveMayBeRenamedAndStillHasItsChecksum() throws Exception {
        sh("sha256sum backup.tar.gz >renamed.tar.gz.sha256 && mv backup.tar.gz renamed.tar.gz");
        archive = directory.resolve("renamed.tar.gz");
        Outcome outcome = restore();
        assertEquals(0, outcome.status(), outcome.err());
        sh("cp renamed.tar.gz backup.tar.gz && printf x >>renamed.tar.gz");
        Outcome damaged = restore("--force");
        assertEquals(1, damaged.status(), damaged.err());
        assertTrue(damaged.err().contains("renamed.tar.gz is damaged"), damaged.err());
    }

    @Test
    void aDirectoryThatBecomesALinkIsNotWrittenThrough() throws Exception {
        belongsToSomebody("srv/a");
        program(
                "mkdir",
                "real \"$@\"; case $* in *./config) rmdir config && ln -s '"
                        + elsewhere
                        + "' config ;; esac");
        Outcome outcome = restore();
        assertEquals(1, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("srv/a/config leads elsewhere"), outcome.err());
        assertNothingElsewhere();
    }

    @Test
    void whatIsMovedAsideDoesNotGoThroughALink() throws Exception {
        belongsToSomebody("srv/a/config");
        Path old = Files.writeString(root.resolve("srv/a/config/proxy.yaml"), "old");
        program(
                "mkdir",
                "real \"$@\"; case $* in *./before-*) rmdir before-* && ln -s '"
                        + elsewhere
                        + "' \"$(basename \"$3\")\" ;; esac");
        Outcome outcome = restore("--force");
        assertEquals(1, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains(" leads elsewhere"), outcome.err());
        assertNothingElsewhere();
        assertEquals("old", Files.readString(old));
    }

    @Test
    void aFileThatBecomesALinkIsReplacedAndNotWrittenThrough() throws Exception {
        belongsToSomebody("srv/a/config");
        Path victim = Files.writeString(directory.resolve("victim"), "untouched");
        program(
                "cp",
                "[ \"$(basename \"$(pwd -P)\")\" != config ] || ln -s '"
                        + victim
                        + "' proxy.yaml; real \"$@\"");
        Outcome outcome = restore();
        assertEquals(0, outcome.status(), outcome.err());
        assertEquals("untouched", Files.readString(victim));
        Path restored = root.resolve("srv/a/config/proxy.yaml");
        assertTrue(Files.isRegularFile(restored, LinkOption.NOFOLLOW_LINKS));
        assertEquals("server: {}\n", Files.readString(restored));
    }

    @Test
    void theStateIsMovedAsideAsAWhole() throws Exception {
        Path state = root.resolve("srv/a/var");
        Files.createDirectories(state.resolve("history"));
        Files.writeString(state.resolve("history/1"), "old");
        Files.writeString(state.resolve("state.json"), "old");
        Files.writeString(state.resolve("lock"), "");
        assertEquals(1, restore().status());
        Outcome outcome = restore("--force");
        assertEquals(0, outcome.status(), outcome.err());
        sh("cd root/srv/a/var && test -f lock && test ! -e history && grep -q '{}' state.json");
        sh("cd root/srv/a/var/before-restore-* && grep -q old history/1 && grep -q old state.json");
    }

    private void belongsToSomebody(String path) throws Exception {
        Files.setAttribute(Files.createDirectories(root.resolve(path)), "unix:uid", SOMEBODY);
    }

    private void assertNothingElsewhere() throws Exception {
        try (var files = Files.list(elsewhere)) {
            assertEquals(List.of(), files.toList());
        }
    }

    /** What the script finds in the place of a program, which is {@code real} to it. */
    private void program(String name, String script) throws Exception {
        Path file = Files.createDirectories(directory.resolve("programs")).resolve(name);
        Files.writeString(
                file, "#!/bin/sh\nreal() { /usr/bin/" + name + " \"$@\"; }\n" + script + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private Outcome restore(String... more) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Installation.checkout().resolve("scripts/backup.sh").toString(),
                                "--root",
                                root.toString(),
                                "--restore",
                                archive.toString()));
        command.addAll(List.of(more));
        Map<String, String> environment = new HashMap<>(RunningProxy.environment());
        environment.merge("PATH", directory.resolve("programs") + ":", (path, own) -> own + path);
        return Outcome.of(directory, environment, command);
    }

    private void sh(String script) throws Exception {
        Outcome outcome =
                Outcome.of(directory, RunningProxy.environment(), List.of("sh", "-euc", script));
        assertEquals(0, outcome.status(), outcome.err());
    }
}
