package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What lies in the directory and in the archive. */
final class DistributionTest {
    @Test
    void noLibraryIsThereInTwoVersions() throws Exception {
        Map<String, Long> count =
                Installation.libraries().stream()
                        .map(library -> library.replaceFirst("-\\d.*", ""))
                        .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        count.values().removeIf(times -> times == 1);
        assertEquals(Map.of(), count);
    }

    @Test
    void nothingThatOnlyTestsNeedIsShipped() throws Exception {
        var strangers =
                Installation.libraries().stream()
                        .filter(name ->
                                name.matches("(junit|archunit|hamcrest|json-schema|.*testing).*"))
                        .toList();
        assertEquals(List.of(), strangers);
    }

    @Test
    void theProgramsAreExecutable() {
        for (String name : List.of("gemproxy", "gemproxy-cli", "gemini-simulator")) {
            assertTrue(Files.isExecutable(Installation.program(name)), name);
        }
    }

    @Test
    void eachSchemaThatAConfigurationNamesLiesBesideIt() throws Exception {
        Path config = Installation.home().resolve("config");
        for (String name :
                List.of("proxy.yaml.example", "proxy.yaml.secure", "keys.yaml.example")) {
            String schema =
                    Files.readAllLines(config.resolve(name))
                            .getFirst()
                            .replace("# yaml-language-server: $schema=", "");
            assertTrue(Files.isRegularFile(config.resolve(schema)), name + " names " + schema);
        }
    }

    @Test
    void eachCommandHasAManualPage() {
        Path pages = Installation.home().resolve("share/man/man1");
        for (String page : List.of("", "-validate", "-token-issue", "-token-keys-rotate")) {
            assertTrue(Files.isRegularFile(pages.resolve("gemproxy-cli" + page + ".1")), page);
        }
        assertTrue(Files.notExists(pages.resolve("gemproxy-cli-man-pages.1")));
    }

    @Test
    void theUnitStartsAProgramThatIsShipped() throws Exception {
        String unit =
                Files.readString(
                        Installation.home().resolve("systemd").resolve("gemproxy.service"));
        String program =
                unit.lines()
                        .filter(line -> line.startsWith("ExecStart="))
                        .map(line ->
                                line.replaceFirst("ExecStart=/usr/lib/gemproxy/(\\S+).*", "$1"))
                        .collect(Collectors.joining());
        assertTrue(Files.isExecutable(Installation.home().resolve(program)), program);
    }

    @Test
    void theArchiveHoldsTheSameFiles() throws Exception {
        Path archive;
        try (var files = Files.list(Installation.home().resolveSibling("."))) {
            archive =
                    files.filter(file -> file.toString().endsWith("-linux-x64.tar.gz"))
                            .findFirst()
                            .orElseThrow();
        }
        Outcome listing =
                Outcome.of(
                        Installation.home(),
                        Map.of("PATH", "/usr/bin:/bin"),
                        List.of("tar", "tzf", archive.toString()));
        Set<String> archived =
                listing.out()
                        .lines()
                        .filter(name -> !name.endsWith("/"))
                        .map(name -> name.replaceFirst("^gemproxy-[^/]+/", ""))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(shipped(), archived);
    }

    private static Set<String> shipped() throws IOException {
        try (var files = Files.walk(Installation.home())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> Installation.home().relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
