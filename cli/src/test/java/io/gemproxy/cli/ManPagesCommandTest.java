package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code man-pages}: each command has a page that troff reads without complaint. */
final class ManPagesCommandTest {
    @TempDir private Path directory;

    @Test
    void eachCommandOfTheManualHasAPage() throws IOException {
        List<Path> pages = written();
        for (String command : Manual.sections()) {
            String page = "man1/gemproxy-cli-" + command.replace(' ', '-') + ".1";
            assertTrue(pages.contains(directory.resolve(page)), page);
        }
        assertFalse(pages.contains(directory.resolve("man1/gemproxy-cli-man-pages.1")));
    }

    @Test
    void aPageHasItsSectionsOptionsAndExamples() throws IOException {
        written();
        String page = Files.readString(directory.resolve("man1/gemproxy-cli-token-issue.1"));
        assertTrue(page.startsWith(".TH \"GEMPROXY\\-CLI\\-TOKEN\\-ISSUE\" 1 "), page);
        for (String part :
                List.of(
                        ".SH NAME\ngemproxy\\-cli\\-token\\-issue \\- Mints a token",
                        ".SH SYNOPSIS\ngemproxy\\-cli token issue ",
                        ".TP\n\\fB\\-\\-subject NAME\\fR\n",
                        ".SH EXIT STATUS\n0 ",
                        ".SH EXAMPLES\n.PP\n.nf\ngemproxy\\-cli token issue ",
                        ".SH SEE ALSO\ngemproxy\\-cli\\-token(1), gemproxy\\-cli(1)\n")) {
            assertTrue(page.contains(part), page);
        }
        String root = Files.readString(directory.resolve("man1/gemproxy-cli.1"));
        assertTrue(root.contains("see gemproxy\\-cli\\-token(1)"), root);
        assertFalse(root.contains("man\\-pages"), root);
    }

    @Test
    void groffReadsEachPageWithoutAWarning() throws Exception {
        Path groff = Path.of("/usr/bin/groff");
        Assumptions.assumeTrue(
                Files.isExecutable(groff), "skipped: there is no groff on this machine");
        for (Path page : written()) {
            Process process =
                    new ProcessBuilder(
                                    groff.toString(),
                                    "-ww",
                                    "-man",
                                    "-Tutf8",
                                    "-z",
                                    page.toString())
                            .redirectErrorStream(true)
                            .start();
            process.getOutputStream().close();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Emissions.OF_THIS_RUN.emitted("groff", said);
            assertEquals("", said, page.toString());
            assertEquals(0, process.waitFor(), page.toString());
        }
    }

    private List<Path> written() throws IOException {
        var outcome = new CliRun(directory).run("man-pages", "--out", "man1");
        assertEquals(0, outcome.status(), outcome.err());
        try (var files = Files.list(directory.resolve("man1"))) {
            List<Path> pages = files.toList();
            assertEquals("Wrote " + pages.size() + " pages to man1\n", outcome.out());
            return pages;
        }
    }
}
