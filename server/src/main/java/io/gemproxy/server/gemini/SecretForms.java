package io.gemproxy.server.gemini;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ways in which known secrets may be written, in one tree that is walked a byte at a time. */
final class SecretForms {
    private static final int SHORTEST_ENCODED = 8;

    /** A byte on the way to one or more forms. */
    private static final class Node {
        private final Map<Byte, Node> next = new HashMap<>(2);
        private boolean isEnd;
    }

    private final @Nullable Node[] first = new Node[256];

    private SecretForms() {}

    static SecretForms of(Collection<String> secrets) {
        SecretForms forms = new SecretForms();
        for (String secret : secrets) {
            for (String form : written(secret)) {
                forms.add(form.getBytes(StandardCharsets.UTF_8));
            }
        }
        return forms;
    }

    /** The end of the longest form that begins at {@code at}; {@code at} if none does. */
    int endOfMatch(byte[] text, int at) {
        @Nullable Node node = first[text[at] & 0xff];
        int end = at;
        for (int i = at + 1; node != null; i++) {
            end = node.isEnd ? i : end;
            node = i < text.length ? node.next.get(text[i]) : null;
        }
        return end;
    }

    private void add(byte[] form) {
        if (form.length == 0) {
            return;
        }
        @Nullable Node start = first[form[0] & 0xff];
        Node node = start == null ? new Node() : start;
        first[form[0] & 0xff] = node;
        for (int i = 1; i < form.length; i++) {
            node = node.next.computeIfAbsent(form[i], ignored -> new Node());
        }
        node.isEnd = true;
    }

    private static Set<String> written(String secret) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(secret);
        if (secret.length() >= SHORTEST_ENCODED) {
            String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
            forms.add(url);
            forms.add(url.replace("+", "%20"));
            forms.add(escaped(secret, "%", false));
            forms.add(escaped(secret, "%", true));
            forms.add(escaped(secret, "\\u00", false));
            forms.add(escaped(secret, "\\u00", true));
            forms.add(secret.replace("/", "\\/"));
            forms.add(secret.replace("=", "\\u003d").replace("/", "\\/"));
            forms.add(secret.replace("=", "\\u003d"));
            addBase64(secret.getBytes(StandardCharsets.UTF_8), forms);
        }
        return forms;
    }

    /** Every character but letters and digits as its hexadecimal code. */
    private static String escaped(String secret, String mark, boolean capitals) {
        StringBuilder out = new StringBuilder();
        for (byte b : secret.getBytes(StandardCharsets.UTF_8)) {
            if (Character.isLetterOrDigit(b & 0xff) && b > 0) {
                out.append((char) b);
            } else {
                String hex = HexFormat.of().toHexDigits(b);
                out.append(mark).append(capitals ? hex.toUpperCase(Locale.ROOT) : hex);
            }
        }
        return out.toString();
    }

    /** The characters that depend on the secret alone, for each place in a group of three bytes. */
    private static void addBase64(byte[] secret, Set<String> forms) {
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + secret.length];
            System.arraycopy(secret, 0, shifted, before, secret.length);
            int from = (before * 8 + 5) / 6;
            int to = shifted.length * 8 / 6;
            forms.add(Base64.getEncoder().encodeToString(shifted).substring(from, to));
            forms.add(Base64.getUrlEncoder().encodeToString(shifted).substring(from, to));
        }
    }
}
