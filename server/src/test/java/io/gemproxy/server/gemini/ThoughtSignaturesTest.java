package io.gemproxy.server.gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThoughtSignaturesTest {
    private static final String SIGNATURE = "CpcBAdHtim+abc/def0123456789+/==";
    private static final String PLAIN = "{\"thoughtSignature\":\"" + SIGNATURE + "\"}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"contents\":[{\"parts\":[{\"text\":\"x\",\"thoughtSignature\":\"SIG\"}]}]}",
                "{\"parts\":[{\"thought_signature\" : \"SIG\",\"text\":\"y\"}]}",
                "{\"extra_content\":{\"google\":{\"thought_signature\":\"SIG\"}}}",
                "data: {\"delta\":{\"type\":\"thought_signature\",\"signature\":\"SIG\"}}\r\n\r\n",
                "[{\"candidates\":[{\"content\":{\"parts\":[{\"thoughtSignature\":\"SIG\"}]}}]}\n"
                        + ",\r\n",
                "{\"thought\\u0053ignature\":\"SIG\"}"
            })
    void areFoundInEveryShape(String text) {
        assertEquals(found(PLAIN, 4096), found(text.replace("SIG", SIGNATURE), 4096));
    }

    @Test
    void areTheSameHoweverTheirTextIsWritten() {
        String url = SIGNATURE.replace('+', '-').replace('/', '_').replace("=", "");
        String escaped = SIGNATURE.replace("/", "\\/").replace("=", "\\u003d");
        assertEquals(found(PLAIN, 4096), found(PLAIN.replace(SIGNATURE, url), 4096));
        assertEquals(found(PLAIN, 4096), found(PLAIN.replace(SIGNATURE, escaped), 4096));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1023, 1025})
    void areTheSameHoweverTheyArriveAndHoweverLongTheyAre(int piece) {
        String text = "{\"a\":\"b\",\"thoughtSignature\":\"" + SIGNATURE.repeat(500) + "\"}";
        assertEquals(found(text, 1 << 20), found(text, piece));
        assertEquals(1, found(text, piece).size());
        String other = text.replace("\"}", "A\"}");
        assertNotEquals(found(text, piece), found(other, piece));
    }

    @Test
    void areToldInTheirOrder() {
        String other = "x".repeat(40);
        List<String> both = found("[" + PLAIN + "," + PLAIN.replace(SIGNATURE, other) + "]", 64);
        assertEquals(2, both.size());
        assertEquals(found(PLAIN, 64).getFirst(), both.getFirst());
        assertEquals(22, both.getLast().length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"thoughtSignature\":\"short\"}",
                "{\"text\":\"thoughtSignature\"}",
                "{\"thoughtSignature\":1234567890123456789,\"text\":\"aaaaaaaaaaaaaaaaaaaaaaaaa\"}",
                "{\"thoughtSignature\":null,\"aaaaaaaaaaaaaaaaaaaaaaaaa\":\"b\"}",
                "{\"thoughtSignature\":\"cut off in the middle of it"
            })
    void areNothingElse(String text) {
        assertEquals(List.of(), found(text, 4096));
    }

    private static List<String> found(String text, int piece) {
        List<String> digests = new ArrayList<>();
        ThoughtSignatures reader = new ThoughtSignatures(digests::add);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += piece) {
            reader.accept(bytes, at, Math.min(piece, bytes.length - at));
        }
        return digests;
    }
}
