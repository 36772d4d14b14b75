package io.gemproxy.server;

import static io.gemproxy.server.ProxyFailoverIT.HELLO;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.ProxyFailoverIT.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a silent upstream is waited for. */
class ProxyDeadlineIT {
    @Test
    void aSilentUpstreamIsA504WithoutASecondAttempt() throws Exception {
        try (ServerFixture fixture = ServerFixture.with().set("gemini.timeout_seconds=1").start()) {
            fixture.simulator.script("all: always stall at headers");
            Wire.Reply reply = fixture.post(Shape.UNARY.target, HELLO);
            assertEquals(504, reply.status());
            assertEquals(1, fixture.keysSeen().size());
            assertEquals(
                    "DEADLINE_EXCEEDED", ServerFixture.json(reply).at("/error/status").asText());
        }
    }

    @Test
    void theClientsOwnServerTimeoutIsKept() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            fixture.simulator.script("all: always stall at headers");
            Wire.Reply reply = fixture.post(Shape.UNARY.target, HELLO, "X-Server-Timeout: 1");
            assertEquals(504, reply.status());
            assertEquals(1, fixture.keysSeen().size());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {600, Long.MAX_VALUE})
    void theClientsOwnServerTimeoutIsAtMostTheConfiguredOne(long seconds) throws Exception {
        try (ServerFixture fixture = ServerFixture.with().set("gemini.timeout_seconds=1").start()) {
            fixture.simulator.script("all: always stall at headers");
            Wire.Reply reply =
                    fixture.post(Shape.UNARY.target, HELLO, "X-Server-Timeout: " + seconds);
            assertEquals(504, reply.status());
            assertEquals(1, fixture.keysSeen().size());
        }
    }
}
