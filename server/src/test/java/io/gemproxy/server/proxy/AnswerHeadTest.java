package io.gemproxy.server.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AnswerHeadTest {
    @Test
    void millisecondsHaveTwoDecimals() {
        assertEquals("0.00", AnswerHead.milliseconds(Duration.ZERO));
        assertEquals("0.05", AnswerHead.milliseconds(Duration.ofNanos(50_000)));
        assertEquals("1.20", AnswerHead.milliseconds(Duration.ofMillis(1).plusNanos(199_000)));
        assertEquals("61000.00", AnswerHead.milliseconds(Duration.ofSeconds(61)));
    }

    @Test
    void millisecondsAreRounded() {
        assertEquals("0.00", AnswerHead.milliseconds(Duration.ofNanos(4_999)));
        assertEquals("0.01", AnswerHead.milliseconds(Duration.ofNanos(5_000)));
        assertEquals("1.00", AnswerHead.milliseconds(Duration.ofNanos(999_999)));
    }
}
