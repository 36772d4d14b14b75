package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The finished Debian package, unpacked but not installed. */
@Timeout(180)
final class DebianPackageIT {
    private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");

    /** With a cache that does not fit the VM does not start. */
    private static final Map<String, String> INSISTING =
            Map.of(
                    "PATH", "/usr/bin:/bin",
                    "JVM_DIRS", "/nowhere",
                    "JDK_JAVA_OPTIONS", "-XX:AOTMode=on");

    @TempDir private Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void findThePackage() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "dpkg-deb is not installed");
        var found = Installation.debianPackage();
        assumeTrue(found.isPresent(), "no .deb was built: mvn verify -Ppackages");
        file = found.orElseThrow();
    }

    @Test
    void isSmallerThanSixtyMegabytesAndNeedsNoJava() throws Exception {
        assertTrue(Files.size(file) < 60_000_000, Files.size(file) + " bytes");
        String fields = deb("--field", file.toString());
        assertTrue(fields.contains("\nArchitecture: amd64\n"), fields);
        assertFalse(fields.matches("(?s).*(jre|jdk|java\\d).*"), fields);
    }

    @Test
    void belongsToRootAndNobodyElseMayWriteInIt() throws Exception {
        List<String> strange =
                deb("--contents", file.toString())
                        .lines()
                        .filter(line -> !line.matches("(d|-)rw.r-.r-. root/root .*"))
                        .filter(line -> !line.matches("lrwxrwxrwx root/root .* -> \\.\\./.*"))
                        .toList();
        assertEquals(List.of(), strange);
    }

    @Test
    void onlyTheEnvironmentOfTheServiceIsAskedAboutAtAnUpgrade() throws Exception {
        assertEquals("/etc/default/gemproxy\n", deb("--info", file.toString(), "conffiles"));
    }

    @Test
    void theCachesFitAfterUnpacking() throws Exception {
        unpack();
        Path bin = directory.resolve("usr/bin");
        for (String name : List.of("gemproxy", "gemproxy-cli")) {
            Outcome outcome = run(INSISTING, bin.resolve(name).toString(), "--version");
            assertEquals(0, outcome.status(), name + outcome.out() + outcome.err());
        }
        assertEquals(0, run(PATH, bin.resolve("gemini-simulator") + "", "--version").status());
    }

    @Test
    void nearlyEveryClassComesFromTheCache() throws Exception {
        unpack();
        Path loaded = directory.resolve("loaded.txt");
        var environment =
                Map.of("PATH", "/usr/bin:/bin", "JAVA_OPTS", "-Xlog:class+load:file=" + loaded);
        run(environment, directory + "/usr/bin/gemproxy", "--config", "nowhere.yaml", "--check");
        List<String> lines = Files.readAllLines(loaded);
        long cached = lines.stream().filter(line -> line.contains("shared objects file")).count();
        assertTrue(cached > 0.9 * lines.size(), cached + " of " + lines.size());
    }

    @Test
    void theLicenceOfEachLibraryIsTold() throws Exception {
        unpack();
        String jar = "usr/lib/gemproxy/lib/gemproxy.jar";
        List<String> patterns =
                Files.readAllLines(directory.resolve("usr/share/doc/gemproxy/copyright")).stream()
                        .map(line -> line.replaceFirst("^Files:", "").strip())
                        .filter(line -> line.startsWith(jar + "/"))
                        .map(line -> line.substring(jar.length() + 1))
                        .map(line -> line.replace(".", "\\.").replace("*", ".*"))
                        .toList();
        List<String> libraries = Installation.libraries(List.of(directory.resolve(jar)));
        assertTrue(libraries.size() > 50, libraries.toString());
        List<String> untold =
                libraries.stream()
                        .filter(name -> !name.startsWith("gemproxy-"))
                        .filter(name -> patterns.stream().noneMatch(name::matches))
                        .toList();
        assertEquals(List.of(), untold);
    }

    @Test
    void lintianHasNothingToSay() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/lintian")), "lintian is not installed");
        Outcome outcome =
                run(
                        PATH,
                        "lintian",
                        "--allow-root",
                        "--fail-on",
                        "error,warning",
                        "--display-level",
                        ">=warning",
                        file.toString());
        assertEquals("", outcome.out() + outcome.err());
        assertEquals(0, outcome.status());
    }

    @Test
    void eachOverrideHasItsReason() throws Exception {
        unpack();
        Path overrides = directory.resolve("usr/share/lintian/overrides/gemproxy");
        String before = "";
        for (String line : Files.readAllLines(overrides)) {
            boolean sameTag = !tag(line).isEmpty() && tag(before).equals(tag(line));
            assertTrue(line.startsWith("# ") || before.startsWith("# ") || sameTag, line);
            before = line;
        }
    }

    private static String tag(String override) {
        var tag = Pattern.compile("^gemproxy: (\\S+)").matcher(override);
        return tag.find() ? tag.group(1) : "";
    }

    private void unpack() throws Exception {
        deb("--extract", file.toString(), directory.toString());
    }

    private String deb(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("dpkg-deb"));
        command.addAll(List.of(arguments));
        Outcome outcome = Outcome.of(directory, PATH, command);
        assertEquals(0, outcome.status(), outcome.err());
        return outcome.out();
    }

    private Outcome run(Map<String, String> environment, String... command) throws Exception {
        return Outcome.of(directory, environment, List.of(command));
    }
}
