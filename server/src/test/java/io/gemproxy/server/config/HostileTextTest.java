package io.gemproxy.server.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Text made to be misread, or to cost time and memory. */
class HostileTextTest {
    @Test
    void refusesUtf16() {
        assertSays("GPX1014 proxy.yaml", "server:\n  port: 1\n".getBytes(UTF_16));
    }

    @Test
    void refusesUtf16WithoutByteOrderMark() {
        assertSays("GPX1014 proxy.yaml", "server:\n  port: 1\n".getBytes(UTF_16LE));
    }

    @Test
    void refusesAByteOrderMark() {
        assertSays("GPX1014 proxy.yaml", "\uFEFFserver:\n  port: 1\n".getBytes(UTF_8));
    }

    @Test
    void refusesLatin1() {
        assertSays("GPX1014 proxy.yaml", "# schön\nserver:\n  port: 1\n".getBytes(ISO_8859_1));
    }

    @Test
    void refusesNulWithItsPlace() {
        assertSays("GPX1015 proxy.yaml:2:9", "server:\n  host: \0\n".getBytes(UTF_8));
    }

    @Test
    void refusesEscapeSequences() {
        assertSays("GPX1015 proxy.yaml:2:10", "server:\n  host: a\u001b[0m\n".getBytes(UTF_8));
    }

    @Test
    void refusesTabs() {
        assertSays("GPX1018 proxy.yaml:2:1", "server:\n\tport: 1\n".getBytes(UTF_8));
    }

    @Test
    void refusesMoreThanAMebibyte() {
        assertSays("GPX1016 proxy.yaml", "#".repeat((1 << 20) + 1).getBytes(UTF_8));
    }

    @Test
    void refusesDeepNesting() {
        String deep = "server: " + "[".repeat(100_000);
        assertSays("GPX1017 proxy.yaml:1:28", deep.getBytes(UTF_8));
    }

    @Test
    void refusesDeepSections() {
        String deep =
                IntStream.range(0, 700)
                        .mapToObj(i -> " ".repeat(i) + "a:")
                        .collect(Collectors.joining("\n"));
        assertSays("GPX1017 proxy.yaml:21:21", deep.getBytes(UTF_8));
    }

    @Test
    void refusesTheBillionLaughs() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            String alias = ("*a" + (i - 1) + ", ").repeat(9);
            bomb.append("a" + i + ": &a" + i + " [" + alias + "x]\n");
        }
        assertTrue(said(bomb.toString().getBytes(UTF_8)).startsWith("GPX1012 proxy.yaml:7:"));
    }

    @Test
    void survivesFewAliasesThatStandForMillionsOfValues() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x]\n");
        for (int i = 1; i <= 7; i++) {
            String alias = ("*a" + (i - 1) + ", ").repeat(7);
            bomb.append("a" + i + ": &a" + i + " [" + alias + "x]\n");
        }
        bomb.append("gemini:\n  api_keys: *a7\n");
        assertTrue(said(bomb.toString().getBytes(UTF_8)).startsWith("GPX1001"));
    }

    @Test
    void survivesASectionThatContainsItself() {
        assertSays("GPX1001 proxy.yaml:2:3", "server: &s\n  tsl: *s\n  tls: *s\n".getBytes(UTF_8));
    }

    @Test
    void namesTwoHundredOfNineThousandUnknownKeys() {
        String keys =
                IntStream.range(0, 9_000)
                        .mapToObj(i -> "k" + i + ":")
                        .collect(Collectors.joining("\n"));
        ConfigResult result = load(keys.getBytes(UTF_8));
        assertEquals(200, result.findings().size());
    }

    @Test
    void refusesMoreKeysAndValuesThanAnyConfigurationHas() {
        assertSays("GPX1016 proxy.yaml:9999:4", "k: 1\n".repeat(20_000).getBytes(UTF_8));
    }

    @Test
    void survivesAKeyAndAValueOfHalfAMebibyte() {
        String half = "k".repeat(1 << 19);
        assertSays("GPX1001 proxy.yaml:1:3", ("? " + half + "\n: 1").getBytes(UTF_8));
        assertSays("GPX1002 proxy.yaml:2:9", ("server:\n  port: " + half).getBytes(UTF_8));
    }

    private static void assertSays(String expected, byte[] yaml) {
        assertEquals(expected, said(yaml));
    }

    private static String said(byte[] yaml) {
        Finding first =
                load(yaml).findings().stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .findFirst()
                        .orElseThrow();
        return first.rule().code() + " " + first.place();
    }

    private static ConfigResult load(byte[] yaml) {
        return assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Loads.bytes(yaml));
    }
}
