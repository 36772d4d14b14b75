package io.gemproxy.emissions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A search that finds nothing is worth something only if it would find what is there. */
final class SecretSearchTest {
    private static final String SECRET = "AIzaSy/planted+secret=0123456789";
    private static final byte[] BYTES = SECRET.getBytes(StandardCharsets.UTF_8);

    private static Set<String> found(byte[]... reads) {
        SecretSearch search = new SecretSearch(SecretForms.of("it", SECRET));
        SecretSearch.Stream stream = search.new Stream("here");
        for (byte[] read : reads) {
            stream.next(read, read.length);
        }
        return search.findings();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void findsASecretAtEachPlace() {
        for (int before = 0; before < 100; before++) {
            String text = "x".repeat(before) + SECRET + "y".repeat(100 - before);
            assertEquals(Set.of("it in plain in here"), found(bytes(text)));
        }
    }

    @Test
    void findsASecretSplitOverTwoReadsAtEachPlace() {
        byte[] text = bytes("some text before " + SECRET + " and after");
        for (int cut = 0; cut <= text.length; cut++) {
            byte[] first = java.util.Arrays.copyOf(text, cut);
            byte[] second = java.util.Arrays.copyOfRange(text, cut, text.length);
            assertEquals(Set.of("it in plain in here"), found(first, second), "cut at " + cut);
        }
    }

    @Test
    void findsASecretThatComesByteByByte() {
        byte[][] reads = new byte[BYTES.length][];
        for (int i = 0; i < BYTES.length; i++) {
            reads[i] = new byte[] {BYTES[i]};
        }

        assertEquals(Set.of("it in plain in here"), found(reads));
    }

    @Test
    void findsASecretInBase64WhateverStandsAroundIt() {
        for (String before : List.of("", "a", "ab", "abc", "user:")) {
            for (String after : List.of("", "z", "zz")) {
                byte[] whole = bytes(before + SECRET + after);
                assertTrue(!found(Base64.getEncoder().encode(whole)).isEmpty(), before + after);
                assertTrue(!found(Base64.getUrlEncoder().encode(whole)).isEmpty(), before + after);
            }
        }
    }

    @Test
    void findsASecretInHexAndInURLs() {
        HexFormat hex = HexFormat.of();
        assertEquals(Set.of("it in hex in here"), found(bytes(hex.formatHex(BYTES))));
        assertEquals(
                Set.of("it in HEX in here"), found(bytes(hex.withUpperCase().formatHex(BYTES))));
        assertEquals(
                Set.of("it URL-encoded in here"),
                found(bytes(URLEncoder.encode(SECRET, StandardCharsets.UTF_8))));
        assertEquals(Set.of("it in JSON in here"), found(bytes(SECRET.replace("/", "\\/"))));
    }

    @Test
    void findsNothingInWhatOnlyLooksAlike() {
        String almost = SECRET.substring(1) + " " + SECRET.substring(0, SECRET.length() - 1);

        assertEquals(Set.of(), found(bytes(almost.repeat(50))));
    }
}
