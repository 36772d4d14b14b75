package io.gemproxy.server.gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorScrubberTest {
    private static final String KEY = "pool/key=with+odd-signs_1234567890";
    private final ErrorScrubber scrubber = new ErrorScrubber(List.of(KEY));

    @Test
    void aCleanTextIsTheSameArray() {
        byte[] clean =
                "The model is overloaded. projects are fine".getBytes(StandardCharsets.UTF_8);
        assertSame(clean, scrubber.scrub(clean));
    }

    @Test
    void aPooledKeyIsFoundInEveryWriting() {
        assertEquals("x[redacted]y", scrubber.scrub("x" + KEY + "y"));
        assertEquals(
                "x=[redacted]&y",
                scrubber.scrub("x=" + URLEncoder.encode(KEY, StandardCharsets.UTF_8) + "&y"));
        assertEquals("[redacted]", scrubber.scrub(KEY.replace("/", "\\/")));
        for (String before : List.of("", "k", "k:")) {
            byte[] plain = (before + KEY + "tail").getBytes(StandardCharsets.UTF_8);
            String clean = scrubber.scrub(Base64.getEncoder().encodeToString(plain));
            assertFalse(clean.length() > 40, clean);
        }
    }

    @Test
    void foreignKeysAndProjectNumbersAreFound() {
        String standard = "AIza" + "Sy".repeat(17) + "x";
        assertEquals("'api_key:[redacted]'", scrubber.scrub("'api_key:" + standard + "'"));
        assertEquals("[redacted].", scrubber.scrub(standard + "."));
        assertEquals("k=[redacted]", scrubber.scrub("k=AQ.Ab8RN6Labcdefghijkl"));
        assertEquals("\"projects/[redacted]\"", scrubber.scrub("\"projects/12\""));
        assertEquals("in project [redacted] before", scrubber.scrub("in project 123456 before"));
        assertEquals("of project number [redacted]", scrubber.scrub("of project number 123456"));
        assertEquals("project_number=[redacted]", scrubber.scrub("project_number=123456"));
        assertEquals("?project=[redacted]\"", scrubber.scrub("?project=123456\""));
    }
}
