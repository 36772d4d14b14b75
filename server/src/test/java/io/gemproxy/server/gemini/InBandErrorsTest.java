package io.gemproxy.server.gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.gemini.InBandErrors.Framing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InBandErrorsTest {
    private static final String KEY = "AIza" + "Sy1".repeat(11) + "xy";
    private static final String GOOD =
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a \\\"error\\\": {\\\"m\\\":\\\"@K\\\"}\"},"
                    + "{\"functionCall\":{\"args\":{\"error\":{\"message\":\"@K of projects/12345\"}}}}]}}]}";
    private static final String ERROR =
            "{\"error\":{\"code\":429,\"message\":\"key @K} of \\\"@K\\\" in project 12345678\","
                    + "\"status\":\"RESOURCE_EXHAUSTED\"}}";
    private static final String PRETTY =
            "{\n  \"error\": {\n    \"code\": 429,\n    \"message\": \"@K\"\n  }\n}\n";

    private final List<String> told = new ArrayList<>();

    /** The body with {@code @K} where a key stands; what is told of it, or nothing. */
    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of(Framing.EVENTS, "data: " + GOOD + "\r\n\r\n", "", ""),
                Arguments.of(
                        Framing.EVENTS,
                        "data: " + GOOD + "\r\n\r\n",
                        "data: " + ERROR + "\r\n\r\n",
                        "429"),
                Arguments.of(
                        Framing.EVENTS, "data: " + GOOD + "\n\n", "data:" + ERROR + "\n\n", "429"),
                Arguments.of(Framing.EVENTS, "data: " + GOOD + "\r\n\r\n", PRETTY, "429"),
                Arguments.of(
                        Framing.EVENTS,
                        "event: error\ndata: {\n",
                        "data:   \"error\": {\ndata: \"code\": 429,\ndata: \"x\": \"@K\"\ndata:  }\ndata: }\n\n",
                        "429"),
                Arguments.of(
                        Framing.EVENTS,
                        "data: {\"event_type\":\"error\",",
                        "\"error\":{\"code\":\"quota_exceeded\",\"message\":\"@K\"}}\n\ndata: [DONE]\n\n",
                        "429"),
                Arguments.of(
                        Framing.EVENTS,
                        "data: {\"id\":1}\n\ndata: ",
                        "[" + ERROR + "]\n\ndata: [DONE]\n\n",
                        "429"),
                Arguments.of(
                        Framing.EVENTS,
                        "data: {\"candidates\":[{\"content\":\"cut \n\n",
                        "data: " + ERROR + "\n\n",
                        "429"),
                Arguments.of(
                        Framing.EVENTS, "", "data: {\"error\" : \"the key @K\"}\r\n\r\n", "500"),
                Arguments.of(Framing.EVENTS, "data: {\"error\":null,\"x\":\"@K\"}\n\n", "", ""),
                Arguments.of(
                        Framing.ELEMENTS,
                        "[" + GOOD + "\n,\r\n" + GOOD,
                        "\n,\r\n" + PRETTY + "]",
                        "429"),
                Arguments.of(Framing.ELEMENTS, "[", ERROR + "]", "429"),
                Arguments.of(Framing.SINGLE, "", ERROR, "429"),
                Arguments.of(Framing.SINGLE, "", "[" + PRETTY + "]", "429"),
                Arguments.of(Framing.SINGLE, GOOD, "", ""),
                Arguments.of(
                        Framing.SINGLE,
                        "{\"name\":\"operations/1\",\"metadata\":{\"a\":\"@K\",\"error\":{}},",
                        "\"done\":true,\"error\":{\"code\":8,\"message\":\"@K\"}}",
                        ""),
                Arguments.of(Framing.OPAQUE, ERROR, "", ""));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void onlyTheErrorIsRewrittenWhereverTheReadsAreSplit(
            Framing framing, String untouched, String scrubbed, String told) throws Exception {
        byte[] body = bytes((untouched + scrubbed).replace("@K", KEY));
        String expected =
                untouched.replace("@K", KEY)
                        + scrubbed.replace("@K", "[redacted]").replace("12345678", "[redacted]");
        assertEquals(expected, filtered(framing, body, body.length, body.length));
        for (int first = 1; first < body.length; first++) {
            assertEquals(expected, filtered(framing, body, first, body.length), "at " + first);
            if (first % 7 == 1) {
                for (int second = first + 1; second < body.length; second += 5) {
                    assertEquals(expected, filtered(framing, body, first, second));
                }
            }
        }
        byte[] single = new byte[1];
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        InBandErrors errors = filter(framing, false);
        for (byte b : body) {
            single[0] = b;
            pass(errors, single, all);
        }
        errors.finish();
        assertEquals(expected, all.toString(StandardCharsets.UTF_8));
        assertEquals(told.isEmpty() ? List.of() : List.of(told), this.told);
    }

    private String filtered(Framing framing, byte[] body, int first, int second)
            throws IOException {
        told.clear();
        InBandErrors errors = filter(framing, false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        pass(errors, Arrays.copyOfRange(body, 0, first), out);
        pass(errors, Arrays.copyOfRange(body, first, second), out);
        pass(errors, Arrays.copyOfRange(body, second, body.length), out);
        errors.finish();
        return out.toString(StandardCharsets.UTF_8);
    }

    private InBandErrors filter(Framing framing, boolean fixedLength) {
        told.clear();
        return new InBandErrors(
                framing,
                fixedLength,
                new ErrorScrubber(List.of(KEY)),
                error -> told.add(status(error)));
    }

    private static String status(byte[] error) {
        return GeminiError.parse(error, "")
                .map(said -> Integer.toString(said.httpStatus()))
                .orElse("500");
    }

    private static void pass(InBandErrors errors, byte[] bytes, ByteArrayOutputStream out)
            throws IOException {
        if (errors.passes(bytes, bytes.length)) {
            out.writeBytes(bytes);
        } else {
            out.writeBytes(errors.rewritten());
        }
    }

    @Test
    void nothingOfAGoodEventIsHeldBack() throws Exception {
        InBandErrors errors = filter(Framing.EVENTS, false);
        for (byte b : bytes("data: " + GOOD + "\r\n\r\ndata: {\"error")) {
            assertTrue(errors.passes(new byte[] {b}, 1));
        }
    }

    @Test
    void anErrorEventOfOneReadLeavesInOneWrite() throws Exception {
        InBandErrors errors = filter(Framing.EVENTS, false);
        String event = "data: " + ERROR.replace("@K", "no key") + "\r\n\r\n";
        byte[] bytes = bytes(event.replace("12345678", ""));
        assertFalse(errors.passes(bytes, bytes.length));
        assertEquals(new String(bytes, StandardCharsets.UTF_8), text(errors.rewritten()));
    }

    @Test
    void anErrorBegunIsHeldWithTheTextItStandsIn() throws Exception {
        InBandErrors errors = filter(Framing.EVENTS, false);
        byte[] bytes = bytes("data: {}\n\ndata: {\"error\":{\"message\":\"AIza");
        assertFalse(errors.passes(bytes, bytes.length));
        assertEquals("data: {}\n\n", text(errors.rewritten()));
        assertThrows(IOException.class, errors::finish);
        assertEquals(List.of("500"), told);
    }

    @Test
    void anErrorIsHeldUpToItsBoundAndThenTheAnswerIsCut() throws Exception {
        byte[] value = bytes("{\"m\":\"" + "x".repeat(InBandErrors.LONGEST - 8) + "\"}");
        for (int more : new int[] {0, 1}) {
            InBandErrors errors = filter(Framing.EVENTS, false);
            byte[] start = bytes("data: {\"error\":" + " ".repeat(more));
            assertTrue(errors.passes(start, start.length));
            if (more == 0) {
                assertEquals(InBandErrors.LONGEST, value.length);
                assertFalse(errors.passes(value, value.length));
                assertEquals(value.length, errors.rewritten().length);
            } else {
                byte[] longer = bytes(text(value).replace("\"}", "x\"}"));
                assertThrows(IOException.class, () -> errors.passes(longer, longer.length));
            }
        }
    }

    @Test
    void anAnnouncedLengthIsKept() throws Exception {
        byte[] body = bytes(ERROR.replace("@K", KEY));
        InBandErrors errors = filter(Framing.SINGLE, true);
        assertFalse(errors.passes(body, body.length));
        byte[] clean = errors.rewritten();
        assertEquals(body.length, clean.length);
        assertFalse(text(clean).contains(KEY));
        byte[] tight = bytes("{\"error\":{\"message\":\"projects/1\"}}");
        assertThrows(
                IOException.class, () -> filter(Framing.SINGLE, true).passes(tight, tight.length));
    }

    @Test
    void aWholeBodyWithoutAnErrorIsTheSameArray() throws Exception {
        byte[] good = bytes(GOOD.replace("@K", KEY));
        assertSame(good, filter(Framing.SINGLE, false).whole(good));
        byte[] error = bytes(ERROR.replace("@K", KEY));
        assertSame(error, filter(Framing.OPAQUE, false).whole(error));
        assertFalse(text(filter(Framing.SINGLE, false).whole(error)).contains(KEY));
    }

    @Test
    void theWordIsFoundAtEachPlace() {
        for (String around : List.of("error\"error", "eroerroe", "\"\"\"\"\"\"\"\"", "rrrrorrrr")) {
            assertFalse(mentions(around), around);
            for (int at = 0; at <= around.length(); at++) {
                String text = around.substring(0, at) + "\"error\"" + around.substring(at);
                assertTrue(mentions(text), text);
            }
        }
    }

    private static boolean mentions(String text) {
        return InBandErrors.mentionsError(bytes(text), text.length());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
