package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java that packages ship. */
final class RuntimeImageIT {
    private static final Pattern LISTED = Pattern.compile("(?m)^security\\.provider\\.\\d+=(\\S+)");
    private static final Pattern PRESENT = Pattern.compile("(?m)^ *Provider name: (\\S+)");

    @TempDir private Path directory;

    @Test
    void listsNoSecurityProviderThatItLacks() throws Exception {
        Path runtime = Installation.home().resolve("runtime");
        assumeTrue(Files.exists(runtime), "no packages were built: mvn verify -Ppackages");
        Outcome told =
                Outcome.of(
                        directory,
                        Map.of("PATH", "/usr/bin:/bin"),
                        List.of(
                                runtime.resolve("bin/java").toString(),
                                "-XshowSettings:security:providers",
                                "-version"));
        assertEquals(0, told.status(), told.err());
        List<String> present = all(PRESENT, told.out() + told.err());
        String security = Files.readString(runtime.resolve("conf/security/java.security"));
        assertEquals(present, all(LISTED, security));
        assertTrue(present.containsAll(List.of("SUN", "SunEC", "SunJSSE", "SunJCE")), told.err());
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult it) -> it.group(1)).toList();
    }
}
