package io.gemproxy.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The control API over real sockets. */
class ControlIT {
    private final Simulator simulator = Simulator.builder().key("k1", "AIza-one", "p1").start();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Caller caller = Caller.of(client, simulator, "AIza-one");

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    @Test
    void requestsAreToldWithoutTheirCredentials() throws Exception {
        caller.post(Wire.GENERATE, Wire.HELLO);
        caller.post(Wire.GENERATE + "?key=AIza-one", Wire.HELLO);
        var told = caller.get("/_sim/requests?body=true").body();
        assertFalse(told.contains("AIza-one"), told);
        var requests = Caller.parse(told).path("requests");
        assertEquals(2, requests.size());
        assertEquals("k1", requests.path(0).path("key").asText());
        assertEquals(Wire.HELLO, requests.path(0).path("body").asText());
        assertFalse(requests.path(0).path("credentialInUrl").asBoolean());
        assertTrue(requests.path(1).path("credentialInUrl").asBoolean());
        caller.json("DELETE", "/_sim/requests", "");
        assertEquals(0, caller.json("GET", "/_sim/requests", "").path("requests").size());
    }

    @Test
    void scriptIsAddedReadAndTakenBack() throws Exception {
        caller.json("POST", "/_sim/script", "key k1: always 503");
        assertEquals(503, caller.post(Wire.GENERATE, Wire.HELLO).statusCode());
        var rule = caller.json("GET", "/_sim/script", "").path("rules").path(0);
        assertEquals("key k1: always 503", rule.path("line").asText());
        assertEquals(1, rule.path("fired").asInt());
        var wrong = caller.post("/_sim/script", "key k1: explode");
        assertEquals(400, wrong.statusCode());
        assertTrue(wrong.body().contains("line 1: 'explode'"));
        caller.json("DELETE", "/_sim/script", "");
        assertEquals(200, caller.post(Wire.GENERATE, Wire.HELLO).statusCode());
    }

    @Test
    void gatedStreamGoesOnWhenReleased() throws Exception {
        caller.json("POST", "/_sim/script", "all: gate s1 and events 3 and disconnect");
        try (Wire wire = Wire.to(simulator).post(Wire.STREAM)) {
            wire.readHead();
            caller.json("POST", "/_sim/streams/s1/release?n=2", "");
            wire.readUntil("data: {");
            wire.readUntil("data: {");
            caller.json("POST", "/_sim/streams/s1/open", "");
            assertTrue(wire.readAll().endsWith("0\r\n\r\n"));
        }
        assertEquals(400, caller.post("/_sim/streams/s1/release?n=x", "").statusCode());
        assertEquals(404, caller.get("/_sim/other").statusCode());
    }
}
