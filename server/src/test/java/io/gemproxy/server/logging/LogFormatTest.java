package io.gemproxy.server.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFormatTest {
    private static LogLine line(String message) {
        return new LogLine(
                Instant.parse("2026-11-21T08:00:00.1Z"),
                Level.WARNING,
                "io.gemproxy.x",
                message,
                Optional.of("01ABC"),
                Optional.of("java.io.IOException: reset"),
                List.of("a.B.c:7"));
    }

    @Test
    void aJsonLineHasTimeLevelLoggerMessageRequestAndError() {
        assertEquals(
                "{\"timestamp\":\"2026-11-21T08:00:00.100Z\",\"level\":\"WARN\",\"logger\":\"io.gemproxy.x\","
                        + "\"message\":\"key \\\"a\\\" rests\",\"request_id\":\"01ABC\","
                        + "\"error\":\"java.io.IOException: reset\",\"at\":[\"a.B.c:7\"]}",
                LogFormat.JSON.format(line("key \"a\" rests")));
    }

    @Test
    void aTextLineHasTheSameInTheSameOrder() {
        assertEquals(
                "2026-11-21T08:00:00.100Z WARN  io.gemproxy.x [01ABC] key rests"
                        + " | java.io.IOException: reset < a.B.c:7",
                LogFormat.TEXT.format(line("key rests")));
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        LogLine bare =
                new LogLine(
                        Instant.parse("2026-11-21T08:00:00Z"),
                        Level.INFO,
                        "x",
                        "hello",
                        Optional.empty(),
                        Optional.empty(),
                        List.of());
        assertEquals(
                "{\"timestamp\":\"2026-11-21T08:00:00.000Z\",\"level\":\"INFO\",\"logger\":\"x\",\"message\":\"hello\"}",
                LogFormat.JSON.format(bare));
        assertEquals("2026-11-21T08:00:00.000Z INFO  x hello", LogFormat.TEXT.format(bare));
    }

    @Test
    void noTextBreaksItsLine() throws Exception {
        String hostile =
                "a\r\n\t\u0000\u001b[2J\u0085\u2028\u2029\u202e\u009b\uFEFF\",\"level\":\"x😀ü";
        String json = LogFormat.JSON.format(line(hostile));
        String text = LogFormat.TEXT.format(line(hostile));
        for (String written : List.of(json, text)) {
            assertTrue(
                    written.codePoints()
                            .noneMatch(c ->
                                    Character.isISOControl(c)
                                            || Character.getType(c) == Character.FORMAT
                                            || c == 0x2028
                                            || c == 0x2029),
                    written);
        }
        JsonNode read = new ObjectMapper().readTree(json);
        assertEquals(hostile, read.path("message").textValue());
        assertEquals("WARN", read.path("level").textValue());
    }

    @ParameterizedTest
    @CsvSource({
        "SEVERE,ERROR",
        "WARNING,WARN",
        "INFO,INFO",
        "CONFIG,INFO",
        "FINE,DEBUG",
        "FINER,TRACE",
        "FINEST,TRACE"
    })
    void levelsHaveTheWordsOfTheConfiguration(String jul, String ours) {
        LogLine line =
                new LogLine(
                        Instant.EPOCH,
                        Level.parse(jul),
                        "x",
                        "m",
                        Optional.empty(),
                        Optional.empty(),
                        List.of());
        assertEquals(ours, line.levelWord());
    }

    @Test
    void aChainOfCausesIsToldToItsEndEvenIfItIsARing() {
        Exception root = new IllegalStateException("disk");
        Exception outer = new RuntimeException("wrapped", root);
        assertEquals(
                "java.lang.RuntimeException: wrapped; caused by java.lang.IllegalStateException: disk",
                ThrownText.chain(outer));
        assertTrue(
                ThrownText.frames(outer)
                        .getFirst()
                        .contains("aChainOfCausesIsToldToItsEndEvenIfItIsARing"));
        root.initCause(outer);
        assertEquals(2, ThrownText.chain(outer).split("; caused by ", -1).length);
    }
}
