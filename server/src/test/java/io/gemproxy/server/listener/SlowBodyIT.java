package io.gemproxy.server.listener;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that sends its body drop by drop, on a clock that the test turns. */
final class SlowBodyIT {
    private static final Duration LONG = Duration.ofDays(10_000);
    private static final Timeouts PATIENT =
            new Timeouts(LONG, LONG, LONG, Duration.ofMillis(100), 240);

    private final AtomicLong now = new AtomicLong();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 40000\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n40000\r\n"
            })
    void isAnswered408AndClosed(String head) throws IOException {
        try (Rig rig = new Rig(Rig.ECHO, PATIENT, Optional.empty(), now::get);
                Socket socket = rig.connect()) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            int drops = 0;
            while (socket.getInputStream().available() == 0) {
                now.addAndGet(Duration.ofSeconds(1).toNanos());
                socket.getOutputStream().write('x');
                assertTrue(++drops < 30_000, "never refused");
            }
            String answer = Rig.until(socket, "BODY_TOO_SLOW");
            assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
            assertTrue(answer.toLowerCase(Locale.ROOT).contains("connection: close"), answer);
        }
    }
}
