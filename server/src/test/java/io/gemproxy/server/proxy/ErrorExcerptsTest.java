package io.gemproxy.server.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.ErrorExcerpt;
import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.gemini.ErrorScrubber;
import io.gemproxy.server.upstream.UpstreamException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What Google said reaches the operator without secrets, short, and on one line. */
class ErrorExcerptsTest {
    private static final String KEY =
            Emissions.OF_THIS_RUN.secret("the key of this test", "unusual-key-of-excerpts-0815");

    private final ErrorExcerpts excerpts =
            new ErrorExcerpts(new ErrorScrubber(List.of(KEY, "a b c d e f g h i j")));

    @Test
    void statusAndMessageAreGooglesOwn() {
        assertEquals(
                new ErrorExcerpt("429 RESOURCE_EXHAUSTED", "You exceeded your quota."),
                excerpt(429, "RESOURCE_EXHAUSTED", "You exceeded your quota."));
    }

    @Test
    void keysAndProjectNumbersAreGone() {
        ErrorExcerpt said =
                excerpt(
                        403,
                        "PERMISSION_DENIED",
                        "Consumer 'api_key:"
                                + KEY
                                + "' of projects/314159265 is suspended; see project 271828182, key "
                                + KEY);
        assertFalse(said.message().contains(KEY), said::message);
        assertFalse(said.message().matches(".*\\d{5}.*"), said::message);
        assertTrue(said.message().contains("[redacted]"), said::message);
    }

    @Test
    void noPartOfAKeyIsLeftWhereTheMessageIsCut() {
        String message = excerpt(400, "", "x".repeat(185) + " " + KEY + " y").message();
        assertFalse(message.contains(KEY.substring(0, 6)), message);
        assertEquals(ErrorExcerpt.LONGEST, excerpt(400, "", "é".repeat(900)).message().length());
    }

    @Test
    void controlsAndDirectionMarksAreSpacesAndHideNoKey() {
        assertEquals(
                "one two three [redacted]",
                excerpt(
                                500,
                                "",
                                "one\\u001b\\u0007two\\r\\n\\u202ethree\\u200b a b\\u0000c d e f g h i"
                                        + " j")
                        .message());
    }

    @Test
    void aPageSaysItsStatusOnly() {
        assertEquals(
                Optional.of(new ErrorExcerpt("502", "")),
                excerpts.of(refusal(502, "text/html", "<html>Bad gateway</html>")));
    }

    @Test
    void whereNobodyAnsweredNobodySaidAnything() {
        assertEquals(
                Optional.empty(),
                excerpts.of(
                        new AttemptResult.Broken(
                                new UpstreamException(
                                        UpstreamException.Fault.RESET,
                                        false,
                                        "reset",
                                        new IOException("reset")),
                                new AttemptOutcome.Unreachable("reset", false))));
    }

    @Test
    void anErrorInsideAnAnswerHasTheStatusItStandsFor() {
        assertEquals(
                new ErrorExcerpt("503 UNAVAILABLE", "Overloaded."),
                excerpts.ofInBand(
                        "{\"error\":{\"status\":\"UNAVAILABLE\",\"message\":\"Overloaded.\"}}"
                                .getBytes(StandardCharsets.UTF_8)));
    }

    private ErrorExcerpt excerpt(int status, String word, String message) {
        return excerpts.of(
                        refusal(
                                status,
                                "application/json",
                                "{\"error\":{\"status\":\""
                                        + word
                                        + "\",\"message\":\""
                                        + message
                                        + "\"}}"))
                .orElseThrow();
    }

    private static AttemptResult refusal(int status, String contentType, String body) {
        return new AttemptResult.Refusal(
                status,
                List.of(new HeaderField("Content-Type", contentType)),
                new ScrubbedBody(body.getBytes(StandardCharsets.UTF_8)),
                new AttemptOutcome.ServerFault(status));
    }
}
