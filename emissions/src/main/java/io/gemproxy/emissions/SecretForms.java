package io.gemproxy.emissions;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The byte shapes in which a secret could leak. */
public final class SecretForms {
    private SecretForms() {}

    /** What to search for, and how a finding is named; the name never holds the secret. */
    public static Map<String, byte[]> of(String name, String secret) {
        Map<String, byte[]> forms = new LinkedHashMap<>();
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        put(forms, name + " in plain", secret);
        put(forms, name + " in JSON", secret.replace("/", "\\/"));
        put(forms, name + " URL-encoded", URLEncoder.encode(secret, StandardCharsets.UTF_8));
        put(forms, name + " in hex", HexFormat.of().formatHex(bytes));
        put(forms, name + " in HEX", HexFormat.of().withUpperCase().formatHex(bytes));
        for (int shift = 0; shift < 3; shift++) {
            put(forms, name + " in base64+" + shift, middle(Base64.getEncoder(), bytes, shift));
            put(
                    forms,
                    name + " in base64url+" + shift,
                    middle(Base64.getUrlEncoder(), bytes, shift));
        }
        return forms;
    }

    private static void put(Map<String, byte[]> forms, String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (forms.values().stream().noneMatch(known -> java.util.Arrays.equals(known, bytes))) {
            forms.put(name, bytes);
        }
    }

    /** The characters that do not depend on what stands before and after the secret. */
    private static String middle(Base64.Encoder encoder, byte[] secret, int shift) {
        byte[] shifted = new byte[shift + secret.length];
        System.arraycopy(secret, 0, shifted, shift, secret.length);
        String text = encoder.withoutPadding().encodeToString(shifted);
        int first = shift == 0 ? 0 : shift + 1;
        return text.substring(first, shifted.length / 3 * 4);
    }
}
