package io.gemproxy.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.simulator.script.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** Answers and requests made to bring a secret out, and the proof that the bench would notice. */
final class LeakIT {
    private static final String BODY = "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}";

    private static RawClient.Answer ask(Bench bench, String target, String headers)
            throws Exception {
        return RawClient.ask(bench.port(), "POST", target, headers, BODY);
    }

    private static String unary(String model) {
        return "/v1beta/models/" + model + ":generateContent";
    }

    private static String credential(Bench bench) {
        return "x-goog-api-key: " + bench.token() + "\r\n";
    }

    @Test
    void theBenchFailsWhenAPooledKeyComesOut() throws Exception {
        Bench bench = Bench.start(BenchOptions.keys(1));
        String key = bench.keys().getFirst().value();
        // What a model says passes untouched, so that this one planted leak does come out.
        bench.simulator().script("model gemini-2.5-flash: always text \"%s\"".formatted(key));
        assertEquals(200, ask(bench, unary("gemini-2.5-flash"), credential(bench)).status());

        AssertionFailedError failure = assertThrows(AssertionFailedError.class, bench::close);

        assertTrue(
                String.valueOf(failure.getMessage())
                        .contains("key-1 in plain in what the proxy port sent"),
                failure::getMessage);
        assertFalse(String.valueOf(failure.getMessage()).contains(key));
    }

    @Test
    void errorsThatQuoteKeysAreScrubbedWhateverTheirStatus() throws Exception {
        try (Bench bench = Bench.start(BenchOptions.keys(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1))) {
            String key = bench.keys().getFirst().value();
            for (String failure :
                    List.of("400", "404", "409", "500", "503", "504", "429", "401", "403")) {
                quote(bench, failure, "your key %s of project number 1234567890".formatted(key));
            }
        }
    }

    /** The same failure for a unary call and for a stream of each kind. */
    private static void quote(Bench bench, String failure, String message) throws Exception {
        for (String target : List.of(unary("gemini-2.5-flash"), stream(), array())) {
            List<Rule> rules =
                    bench.simulator()
                            .script("all: once %s message \"%s\"".formatted(failure, message));
            ask(bench, target, credential(bench));
            assertEquals(1, rules.getFirst().fired(), failure + " at " + target);
        }
    }

    @Test
    void errorsInsideStreamsThatQuoteKeysAreScrubbed() throws Exception {
        try (Bench bench = Bench.start(BenchOptions.keys(1, 1, 1, 1))) {
            for (PooledKey key : bench.keys()) {
                bench.simulator()
                        .script(
                                "key %s: always error 503 message \"key %s\" at event 2"
                                        .formatted(key.id(), key.value()));
            }
            for (int i = 0; i < bench.keys().size(); i++) {
                assertEquals(200, ask(bench, stream(), credential(bench)).status());
                assertEquals(200, ask(bench, array(), credential(bench)).status());
            }
        }
    }

    private static String stream() {
        return "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse";
    }

    private static String array() {
        return "/v1beta/models/gemini-2.5-flash:streamGenerateContent";
    }

    @Test
    void headersThatQuoteKeysAreRemoved() throws Exception {
        try (Bench bench = Bench.start(BenchOptions.keys(1, 1))) {
            for (PooledKey key : bench.keys()) {
                bench.simulator()
                        .script(
                                "key %s: always header X-Debug \"key %s\""
                                        .formatted(key.id(), key.value()));
            }
            for (int i = 0; i < 4; i++) {
                assertEquals(
                        200, ask(bench, unary("gemini-2.5-flash"), credential(bench)).status());
                assertEquals(200, ask(bench, stream(), credential(bench)).status());
            }
            for (PooledKey key : bench.keys()) {
                bench.simulator()
                        .script(
                                "key %s: always header Location \"https://x.example/?key=%s\""
                                        .formatted(key.id(), key.value()));
            }
            for (int i = 0; i < 2; i++) {
                assertEquals(
                        502,
                        ask(bench, unary("gemini-2.5-flash"), credential(bench)).status(),
                        "an address elsewhere is never shown");
            }
        }
    }

    @Test
    void clientsMistakesDoNotBringTheirTokenIntoTheLogs() throws Exception {
        try (Bench bench = Bench.start(BenchOptions.keys(1, 1))) {
            String token = bench.token();
            assertEquals(
                    401,
                    ask(bench, unary("gemini-2.5-flash"), "x-goog-api-key: " + token + "x\r\n")
                            .status());
            assertEquals(
                    401,
                    ask(
                                    bench,
                                    unary("gemini-2.5-flash"),
                                    "Authorization: Bearer x" + token + "\r\n")
                            .status());
            ask(bench, unary("gemini-2.5-flash"), "Authorization: Basic " + token + "\r\n");
            assertEquals(
                    401,
                    ask(bench, unary("gemini-2.5-flash") + "?key=" + token + "x", "").status());
            assertEquals(404, ask(bench, "/nothing?key=" + token, "").status());
            ask(bench, unary("gemini-2.5-flash"), credential(bench) + "Bad Header: x\r\n");
            ask(bench, unary("gemini-2.5-flash") + "?key=" + token + "&key=" + token, "");
        }
    }
}
