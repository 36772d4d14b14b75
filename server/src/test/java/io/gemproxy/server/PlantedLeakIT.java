package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.emissions.Emissions;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The search would notice a leak in what the server's tests read. */
class PlantedLeakIT {
    private static final String PLANTED =
            Emissions.OF_THIS_RUN.secret("the planted secret", "AIzaSyPlanted-0123456789abcdef");

    @Test
    void inAnAnswer() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            // What a model says passes untouched, so that this comes out.
            fixture.simulator.script(
                    "model gemini-2.5-flash: always text \"%s\"".formatted(PLANTED));
            fixture.post(ServerFixture.FLASH + ":generateContent", ProxyFailoverIT.HELLO);
            assertFound("an answer");
        }
        assertEquals(Set.of(), Emissions.OF_THIS_RUN.judge());
    }

    @Test
    void inTheAuditLog() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            // A client's own id of its request is kept for it.
            fixture.post(
                    ServerFixture.FLASH + ":generateContent",
                    ProxyFailoverIT.HELLO,
                    "x-request-id: " + PLANTED);
            Emissions.OF_THIS_RUN.judge();
        }
        assertFound("the file audit.log");
    }

    private static void assertFound(String place) {
        assertEquals(
                Set.of("the planted secret in plain in " + place), Emissions.OF_THIS_RUN.judge());
    }
}
