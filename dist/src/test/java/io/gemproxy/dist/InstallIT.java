package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code install.sh} and {@code uninstall.sh} of the archive, in a root of their own. */
@Timeout(180)
final class InstallIT {
    private static final Map<String, String> JAVA =
            Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", System.getProperty("java.home"));

    @TempDir private Path directory;

    @Test
    void whatItInstallsRunsAndIsTheSameAfterEachRunAndUnderAnyUmask() throws Exception {
        Path root = Files.createDirectory(directory.resolve("a root"));
        install(root, "022");
        Map<String, String> first = files(root);
        assertEquals("rwxr-xr-x", first.get("opt/lib/gemproxy/bin/gemproxy"));
        assertEquals("rw-r--r--", first.get("etc/systemd/system/gemproxy.service"));
        assertEquals("rw-r--r--", first.get("opt/share/man/man1/gemproxy-cli.1"));
        Outcome version = Outcome.of(root, JAVA, List.of(root + "/opt/bin/gemproxy", "--version"));
        assertEquals(0, version.status(), version.err());
        String unit = Files.readString(root.resolve("etc/systemd/system/gemproxy.service"));
        assertTrue(unit.contains("ExecStart=/opt/lib/gemproxy/bin/gemproxy"), unit);

        for (String umask : List.of("000", "077")) {
            install(root, umask);
            assertEquals(first, files(root), umask);
        }
    }

    @Test
    void whatAnotherVersionHadIsGoneAfterAnUpgradeAndARunningCopyStays() throws Exception {
        Path root = Files.createDirectory(directory.resolve("root"));
        install(root, "022");
        Path home = root.resolve("opt/lib/gemproxy");
        Files.createFile(home.resolve("lib/of-another-version.jar"));
        Path page = Files.createFile(root.resolve("opt/share/man/man1/gemproxy-cli-gone.1"));
        Path list = home.resolve("installed-files");
        Files.writeString(
                list, Files.readString(list) + "/opt/share/man/man1/gemproxy-cli-gone.1\n");
        Path running = Files.createDirectories(home.resolve("service/running"));

        install(root, "022");
        assertTrue(Files.notExists(home.resolve("lib/of-another-version.jar")));
        assertTrue(Files.notExists(page));
        assertTrue(Files.isDirectory(running));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "opt/lib/gemproxy",
                "opt/bin",
                "opt/share/man",
                "opt/share/bash-completion/completions",
                "opt/share/zsh",
                "opt/share/fish/vendor_completions.d",
                "etc/gemproxy",
                "etc/systemd/system",
                "var/lib/gemproxy",
                "var/log",
                "opt/bin/gemproxy-cli"
            })
    void nothingIsWrittenThroughALinkThatSomebodyLaid(String link) throws Exception {
        Path root = Files.createDirectory(directory.resolve("root"));
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path laid = root.resolve(link);
        Files.createDirectories(laid.resolveSibling("."));
        Files.createSymbolicLink(laid, elsewhere);
        Map<String, String> before = files(directory);

        Outcome outcome = run("install.sh", "022", root);
        assertEquals(1, outcome.status(), outcome.out());
        assertTrue(outcome.err().contains(laid.toString()), outcome.err());
        assertEquals(before, files(directory));
    }

    @Test
    void aDirectoryThatAnybodyMayWriteInIsRefused() throws Exception {
        Path root = Files.createDirectory(directory.resolve("root"));
        Path open = Files.createDirectories(root.resolve("opt/lib"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Outcome outcome = run("install.sh", "022", root);
        assertEquals(1, outcome.status());
        assertTrue(outcome.err().contains("anybody may write in it"), outcome.err());
    }

    @Test
    void nothingIsRemovedThroughALinkThatSomebodyLaidAndNoUnitOfAnotherInstallation()
            throws Exception {
        Path root = Files.createDirectory(directory.resolve("root"));
        install(root, "022");
        Path elsewhere = directory.resolve("elsewhere");
        for (String link : List.of("opt/share/man/man1", "opt/lib", "etc/systemd/system")) {
            Path laid = root.resolve(link);
            Files.move(laid, elsewhere);
            Files.createSymbolicLink(laid, elsewhere);
            Map<String, String> before = files(directory);
            Outcome outcome = run("uninstall.sh", "022", root);
            assertEquals(1, outcome.status(), outcome.out());
            assertTrue(outcome.err().contains(laid + " is a symbolic link"), outcome.err());
            assertEquals(before, files(directory));
            Files.delete(laid);
            Files.move(elsewhere, laid);
        }
        Path unit = root.resolve("etc/systemd/system/gemproxy.service");
        Files.writeString(unit, Files.readString(unit).replace("=/opt/", "=/srv/"));
        assertEquals(0, run("uninstall.sh", "022", root).status());
        assertTrue(Files.exists(unit));
        assertTrue(Files.exists(unit.resolveSibling("gemproxy.socket")));
        assertTrue(Files.notExists(root.resolve("opt/lib/gemproxy")));
        assertTrue(Files.notExists(root.resolve("opt/bin/gemproxy")));
    }

    @Test
    void anUninstallationRemovesWhatWasInstalledAndNothingElse() throws Exception {
        Path root = Files.createDirectory(directory.resolve("root"));
        Path other = Files.createDirectories(root.resolve("opt/bin")).resolve("other");
        Files.writeString(other, "of another program");
        Path config = Files.createDirectories(root.resolve("etc/gemproxy")).resolve("proxy.yaml");
        Files.writeString(config, "of the administrator");
        install(root, "022");
        Path list = root.resolve("opt/lib/gemproxy/installed-files");
        Files.writeString(
                list, Files.readString(list) + "/opt/bin/other\n/etc/gemproxy/proxy.yaml\n");

        Outcome outcome = run("uninstall.sh", "022", root);
        assertEquals(0, outcome.status(), outcome.err());
        assertEquals(
                List.of("etc/gemproxy/proxy.yaml", "opt/bin/other"),
                files(root).entrySet().stream()
                        .filter(file -> Files.isRegularFile(root.resolve(file.getKey())))
                        .map(Map.Entry::getKey)
                        .toList());
        assertEquals(0, run("uninstall.sh", "022", root).status(), "a second time");
    }

    private void install(Path root, String umask) throws Exception {
        Outcome outcome = run("install.sh", umask, root);
        assertEquals(0, outcome.status(), outcome.err());
    }

    private Outcome run(String script, String umask, Path root) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of("sh", "-c", "umask " + umask + " && exec sh \"$0\" \"$@\""));
        command.add(Installation.home().resolve("scripts").resolve(script).toString());
        command.addAll(List.of("--prefix", "/opt", "--destdir", root.toString()));
        return Outcome.of(directory, JAVA, command);
    }

    /** Every file with its mode; of a link, where it leads. */
    private static Map<String, String> files(Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.toList()) {
                String name = root.relativize(file).toString();
                files.put(
                        name,
                        Files.isSymbolicLink(file)
                                ? Files.readSymbolicLink(file).toString()
                                : PosixFilePermissions.toString(
                                        Files.getPosixFilePermissions(
                                                file, LinkOption.NOFOLLOW_LINKS)));
            }
        }
        return files;
    }
}
