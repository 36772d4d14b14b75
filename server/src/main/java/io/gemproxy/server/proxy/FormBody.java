package io.gemproxy.server.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A body of {@code application/x-www-form-urlencoded}, read strictly: no name twice (RFC 6749
 * section 3.2), no broken escapes, UTF-8 only.
 *
 * @param fields without those that are empty, which count as left out
 */
record FormBody(Map<String, String> fields) {
    private static final int MOST_FIELDS = 32;

    /** The form, if it is one. */
    static Optional<FormBody> of(byte[] body) {
        Map<String, String> fields = new HashMap<>();
        String text = new String(body, StandardCharsets.ISO_8859_1);
        for (String field : text.split("&", -1)) {
            int equals = field.indexOf('=');
            Optional<String> name = decoded(equals < 0 ? field : field.substring(0, equals));
            Optional<String> value = decoded(equals < 0 ? "" : field.substring(equals + 1));
            if (name.isEmpty() || value.isEmpty() || fields.size() >= MOST_FIELDS) {
                return Optional.empty();
            }
            if (fields.putIfAbsent(name.get(), value.get()) != null) {
                return Optional.empty();
            }
        }
        fields.values().removeIf(String::isEmpty);
        return Optional.of(new FormBody(Map.copyOf(fields)));
    }

    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** Percent signs and plus signs undone; empty if that cannot be. */
    static Optional<String> decoded(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= text.length()) {
                    return Optional.empty();
                }
                int high = Character.digit(text.charAt(i + 1), 16);
                int low = Character.digit(text.charAt(i + 2), 16);
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else if (c > '~' || c < ' ') {
                return Optional.empty();
            } else {
                bytes.put((byte) (c == '+' ? ' ' : c));
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    /** Never shows the values, one of which is a secret. */
    @Override
    public String toString() {
        return "FormBody" + fields.keySet();
    }
}
