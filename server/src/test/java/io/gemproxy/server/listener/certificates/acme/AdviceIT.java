package io.gemproxy.server.listener.certificates.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.listener.certificates.acme.RenewalMemory.Suggestion;
import io.gemproxy.server.listener.certificates.acme.StubCa.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an authority says of when it wants its certificate renewed (RFC 9773). */
final class AdviceIT {
    @TempDir Path directory;
    private AcmeBench bench;
    private StubCa ca;
    private Renewal renewal;

    @BeforeEach
    void open() throws Exception {
        bench = new AcmeBench(directory);
        ca = new StubCa(bench.clock());
        advice(Duration.ofDays(50), Duration.ofDays(52), Map.of());
        renewal = bench.renewal(bench.wish(ca, "one.example"));
        renewal.step(false);
        assertEquals(1, bench.obtained.size());
    }

    @AfterEach
    void close() {
        ca.close();
        bench.close();
    }

    private void advice(Duration start, Duration end, Map<String, String> headers) {
        Instant now = bench.clock().instant();
        ca.renewalInfo =
                Optional.of(
                        new Answer(
                                200,
                                "application/json",
                                """
                                {"suggestedWindow": {"start": "%s", "end": "%s"},
                                 "explanationURL": "https://ca.example/why"}
                                """
                                        .formatted(now.plus(start), now.plus(end)),
                                headers));
    }

    @Test
    void aMomentIsDrawnFromTheWindowOnceAndKept() throws Exception {
        renewal.step(false);
        Suggestion first = suggestion();
        assertFalse(first.chosen().isBefore(first.start()));
        assertFalse(first.chosen().isAfter(first.end()));
        assertEquals("https://ca.example/why", first.explanation());
        assertEquals(first.chosen(), renewal.status().renewal());
        bench.advance(Duration.ofHours(7));
        renewal.step(false);
        assertEquals(2, ca.count("/ari"), "asked again after six hours");
        assertEquals(first, suggestion());

        bench.advance(Duration.ofDays(51).plusHours(17));
        renewal.step(false);
        assertEquals(2, bench.obtained.size());
        assertNotNull(ca.orders.getLast().get("replaces"));
        assertNull(ca.orders.getFirst().get("replaces"));
    }

    @Test
    void aWindowInThePastMeansNowButNotForACertificateOfThisMorning() throws Exception {
        advice(Duration.ofDays(-2), Duration.ofDays(-1), Map.of());
        renewal.step(false);
        assertEquals(1, bench.obtained.size(), "no certificate a minute");
        bench.advance(Duration.ofHours(6));
        renewal.step(false);
        assertEquals(2, bench.obtained.size());
    }

    @Test
    void aWindowBeyondTheEndDoesNotHoldUpTheBackstop() throws Exception {
        advice(Duration.ofDays(500), Duration.ofDays(600), Map.of());
        renewal.step(false);
        assertTrue(
                suggestion().chosen().isAfter(bench.clock().instant().plus(Duration.ofDays(400))));
        assertEquals(RenewalTime.backstop(bench.obtained.getFirst()), renewal.status().renewal());
        bench.advance(Duration.ofDays(61));
        renewal.step(false);
        assertEquals(2, bench.obtained.size());
    }

    @Test
    void nonsenseIsIgnored() throws Exception {
        for (String nonsense :
                List.of(
                        "{}",
                        "<html>",
                        "{\"suggestedWindow\":{\"start\":\"soon\",\"end\":\"later\"}}",
                        "{\"suggestedWindow\":{\"start\":\"2030-01-02T00:00:00Z\",\"end\":\"2030-01-01T00:00:00Z\"}}")) {
            ca.renewalInfo = Optional.of(new Answer(200, "application/json", nonsense, Map.of()));
            bench.advance(Duration.ofHours(7));
            long asked = ca.count("/ari");
            renewal.step(false);
            assertEquals(asked + 1, ca.count("/ari"));
            assertNull(bench.memory().suggestion(), nonsense);
        }
        assertEquals(RenewalTime.backstop(bench.obtained.getFirst()), renewal.status().renewal());
        assertEquals(List.of(), bench.failed);
    }

    @Test
    void itIsAskedAgainWhenItSaysWithinBounds() throws Exception {
        advice(Duration.ofDays(50), Duration.ofDays(52), Map.of("Retry-After", "1"));
        renewal.step(false);
        bench.advance(Duration.ofMinutes(14));
        renewal.step(false);
        assertEquals(1, ca.count("/ari"), "not every second, whatever it says");
        advice(Duration.ofDays(50), Duration.ofDays(52), Map.of("Retry-After", "31536000"));
        bench.advance(Duration.ofMinutes(2));
        renewal.step(false);
        assertEquals(2, ca.count("/ari"));
        bench.advance(Duration.ofHours(25));
        renewal.step(false);
        assertEquals(3, ca.count("/ari"), "not once a year, whatever it says");
    }

    @Test
    void whatWasReplacedAlreadyIsOrderedAgainWithoutSayingSo() throws Exception {
        ca.faults.put("/order", Answer.problem(409, "alreadyReplaced", "by another order"));
        ca.forgetsFaultAfter("/order", 1);
        renewal.step(true);
        assertEquals(List.of(), bench.failed);
        assertEquals(2, bench.obtained.size());
        assertNull(ca.orders.getLast().get("replaces"));
    }

    private Suggestion suggestion() {
        Suggestion suggestion = bench.memory().suggestion();
        assertNotNull(suggestion);
        return suggestion;
    }
}
