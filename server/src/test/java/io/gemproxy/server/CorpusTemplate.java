package io.gemproxy.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The few words in double braces that a file of the corpus may hold; every other byte stands for
 * itself.
 */
final class CorpusTemplate {
    private static final byte[] OPEN = {'{', '{'};
    private static final byte[] CLOSE = {'}', '}'};

    private CorpusTemplate() {}

    /**
     * Fills in names from {@code values} and {@code base64:N:SEED} and {@code bytes:N:SEED}, where
     * N counts bytes before any coding. Braces around anything else are left alone: they are JSON.
     */
    static byte[] fill(byte[] text, Map<String, String> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
        int at = 0;
        while (at < text.length) {
            int end = is(text, at, OPEN) ? end(text, at) : -1;
            byte[] filled = end < 0 ? null : value(name(text, at, end), values);
            if (filled == null) {
                out.write(text[at++]);
            } else {
                out.writeBytes(filled);
                at = end + CLOSE.length;
            }
        }
        return out.toByteArray();
    }

    private static byte @org.jspecify.annotations.Nullable [] value(
            String name, Map<String, String> values) {
        String[] words = name.split(":", -1);
        if (words.length == 3 && words[0].equals("base64")) {
            return Base64.getEncoder().encode(noise(words));
        }
        if (words.length == 3 && words[0].equals("bytes")) {
            return noise(words);
        }
        String value = values.get(name);
        return value == null ? null : value.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] noise(String[] words) {
        byte[] bytes = new byte[Integer.parseInt(words[1])];
        new SplittableRandom(Long.parseLong(words[2])).nextBytes(bytes);
        return bytes;
    }

    private static int end(byte[] text, int from) {
        for (int i = from; i < Math.min(text.length - 1, from + 64); i++) {
            if (is(text, i, CLOSE)) {
                return i;
            }
        }
        return -1;
    }

    private static String name(byte[] text, int at, int end) {
        int start = at + OPEN.length;
        return new String(text, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static boolean is(byte[] text, int at, byte[] pair) {
        return at + 1 < text.length && text[at] == pair[0] && text[at + 1] == pair[1];
    }
}
