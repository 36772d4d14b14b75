package io.gemproxy.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalPathTest {
    private static final String[] PIECES = {
        "/",
        "//",
        "a",
        "Z",
        "9",
        ".",
        "..",
        "~",
        ":",
        ";",
        "%",
        "%2f",
        "%2E",
        "%3a",
        "%c3%a9",
        "%C3",
        "%00",
        "%7E",
        "%25",
        "%20",
        "%40",
        "@",
        "\\",
        "#",
        "\u00e9",
        "+",
        "=",
        "%e2%80%a8",
        "ws/"
    };

    @ParameterizedTest
    @CsvSource({
        "/v1beta/models/x%3AgenerateContent, /v1beta/models/x:generateContent",
        "//ws/google.ai, /ws/google.ai",
        "/a%7eb%20%c3%a9, /a~b%20%C3%A9",
        "/gemini-2%2e5, /gemini-2.5",
        "/a%40b, /a%40b",
        "/v1beta/openai/files/files%2fabc, /v1beta/openai/files/files%2Fabc",
        "/v1beta/openai/batches/batches%2Fabc/cancel, /v1beta/openai/batches/batches%2Fabc/cancel"
    })
    void onlySpellingChanges(String raw, String canonical) {
        assertEquals(Optional.of(new CanonicalPath(canonical)), CanonicalPath.parse(raw));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1beta/files%2Fabc",
                "/v1beta/files/files%2Fabc",
                "/v1beta/openai/files%2Fabc",
                "/v1beta/openai/files/batches%2Fabc",
                "/v1beta/openai/files/files%2F",
                "/v1beta/openai/files/files%2F..",
                "/v1beta/openai/files/files%2F%2E%2E",
                "/v1beta/openai/files/files%2F/abc",
                "/v1beta/openai/files/files%2Fa%2Fb",
                "/v1beta/openai/files/files%252Fabc"
            })
    void anEscapedSlashIsInIdsOfOpenAiOnly(String raw) {
        assertEquals(Optional.empty(), CanonicalPath.parse(raw));
    }

    @Test
    void everyAcceptedPathIsFlatAndStaysAsItIs() {
        SplittableRandom random = new SplittableRandom(42);
        int accepted = 0;
        for (int i = 0; i < 300_000; i++) {
            StringBuilder raw = new StringBuilder("/");
            for (int n = random.nextInt(6); n >= 0; n--) {
                raw.append(PIECES[random.nextInt(PIECES.length)]);
            }
            Optional<CanonicalPath> path = CanonicalPath.parse(raw.toString());
            if (path.isPresent()) {
                accepted++;
                String value = path.get().value();
                assertEquals(path, CanonicalPath.parse(value), raw.toString());
                assertFlat(value);
            }
        }
        assertTrue(accepted > 10_000, "accepted " + accepted);
    }

    private static void assertFlat(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        for (String bad :
                new String[] {
                    "//", "/../", "/./", ";", "%2f", "%5c", "%00", "%2e", "%25", "\\", "#"
                }) {
            assertFalse((lower.endsWith("/") ? lower : lower + "/").contains(bad), value);
        }
        assertTrue(value.startsWith("/"), value);
    }
}
