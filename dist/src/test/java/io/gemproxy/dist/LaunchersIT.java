package io.gemproxy.dist;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs in {@code bin/} start from anywhere, or say what is missing. */
final class LaunchersIT {
    /** The Java that runs this test is a 25, so it is one that a launcher accepts. */
    private static final Map<String, String> JAVA =
            Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", System.getProperty("java.home"));

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"gemproxy", "gemproxy-cli", "gemini-simulator"})
    void startsFromAnotherWorkingDirectory(String name) throws Exception {
        assertSaysItsVersion(Installation.program(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemproxy", "gemproxy-cli", "gemini-simulator"})
    void startsThroughARelativeLinkToALink(String name) throws Exception {
        Path first = Files.createSymbolicLink(directory.resolve("a"), Installation.program(name));
        Path links = Files.createDirectory(directory.resolve("links"));
        assertSaysItsVersion(
                Files.createSymbolicLink(links.resolve(name), links.relativize(first)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemproxy", "gemproxy-cli", "gemini-simulator"})
    void saysInOneLineThatJavaIsMissing(String name) throws Exception {
        var nothing = Map.of("PATH", directory.toString(), "JVM_DIRS", directory.toString());
        Outcome outcome = run(nothing, installation(name));
        assertEquals(9, outcome.status(), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().startsWith(name + ": no Java 25 found"), outcome.err());
        assertEquals("", outcome.out());
    }

    @Test
    void passesOverAJavaOfAnotherVersion() throws Exception {
        Path old = javaHome("old", "17.0.15", "echo old");
        javaHome("jvms/new", "25.0.3", "echo new");
        var both =
                Map.of(
                        "PATH", "/usr/bin:/bin",
                        "JAVA_HOME", old.toString(),
                        "JVM_DIRS", directory.resolve("jvms").toString());
        assertEquals("new\n", run(both, installation("gemproxy")).out());
    }

    @Test
    void findsTheJavaOfThePath() throws Exception {
        Path home = javaHome("anywhere", "25", "echo path");
        Path bin = Files.createDirectory(directory.resolve("links"));
        Files.createSymbolicLink(bin.resolve("java"), home.resolve("bin/java"));
        var path = Map.of("PATH", bin + ":/usr/bin:/bin", "JVM_DIRS", directory + "/none");
        assertEquals("path\n", run(path, installation("gemproxy")).out());
    }

    @Test
    void prefersTheRuntimeThatIsShippedBesideIt() throws Exception {
        Path program = installation("gemproxy");
        javaHome("home/runtime", "25", "echo shipped");
        assertEquals("shipped\n", run(JAVA, program).out());
    }

    @Test
    void handsArgumentsOnUntouched() throws Exception {
        Path program = installation("gemproxy");
        javaHome("home/runtime", "25", "for a; do last=$a; done; printf '%s' \"$last\"");
        assertEquals("a  'b' $c\n*", run(JAVA, program, "a  'b' $c\n*").out());
    }

    @Test
    void givesTheProcessToJavaSoThatSignalsReachIt() throws Exception {
        Path program = installation("gemproxy");
        javaHome("home/runtime", "25", "kill -TERM $$");
        assertEquals(128 + 15, run(JAVA, program).status());
    }

    @Test
    void letsJavaOptsOverrideItsOwnFlags() throws Exception {
        Path program = installation("gemproxy");
        javaHome("home/runtime", "25", "echo \"$@\"");
        var environment = Map.of("PATH", "/usr/bin:/bin", "JAVA_OPTS", "-Xmx1g -XX:+UseParallelGC");
        String flags = run(environment, program).out();
        assertTrue(flags.indexOf("-Xmx1g") > flags.indexOf("-Xmx256m"), flags);
        assertTrue(!flags.contains("UseSerialGC"), flags);
    }

    @Test
    void theServerRunsFromTheCopyOfTheService() throws Exception {
        Path program = installation("gemproxy");
        Path copy = directory.resolve("home/service/one");
        Files.createDirectories(copy.resolve("lib"));
        Files.copy(Installation.home().resolve("lib/java.sh"), copy.resolve("lib/java.sh"));
        Files.createSymbolicLink(directory.resolve("home/service/current"), Path.of("one"));
        javaHome("home/runtime", "25", "echo installed");
        javaHome("home/service/one/runtime", "25", "echo running");
        assertEquals("running\n", run(JAVA, program).out());
    }

    private void assertSaysItsVersion(Path program) throws Exception {
        Outcome outcome = run(JAVA, program, "--version");
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.out().matches("(?s)gem.* [0-9]+\\.[0-9]+\\.[0-9]+.*"), outcome.out());
    }

    private Outcome run(Map<String, String> environment, Path program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", program.toString()));
        command.addAll(List.of(arguments));
        return Outcome.of(directory, environment, command);
    }

    /** An installation of launchers alone, to which a runtime can be added. */
    private Path installation(String name) throws IOException {
        Path home = directory.resolve("home");
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        Files.copy(Installation.home().resolve("lib/java.sh"), home.resolve("lib/java.sh"));
        return Files.copy(Installation.program(name), home.resolve("bin").resolve(name));
    }

    /** A directory that looks like a JDK and runs {@code script}. */
    private Path javaHome(String name, String version, String script) throws IOException {
        Path home = directory.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        Path java = home.resolve("bin/java");
        Files.createFile(java, asFileAttribute(fromString("rwxr-xr-x")));
        Files.writeString(java, "#!/bin/sh\n" + script + "\n");
        return home;
    }
}
