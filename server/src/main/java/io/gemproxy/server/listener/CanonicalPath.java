package io.gemproxy.server.listener;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The one spelling of a path that is both routed and forwarded.
 *
 * @param value begins with a slash; only unreserved characters, {@code :@!$&'()*+,=} and escapes in
 *     capitals
 */
record CanonicalPath(String value) {
    private static final List<String> IDS_WITH_SLASH = List.of("files", "batches", "videos");
    private static final String PLAIN = "-._~:@!$&'()*+,=/";

    /** Empty if two readers could understand the path in two ways. Idempotent. */
    static Optional<CanonicalPath> parse(String raw) {
        String path = raw.startsWith("//ws/") ? raw.substring(1) : raw;
        if (isPlain(path)) {
            return isFlat(path) ? Optional.of(new CanonicalPath(path)) : Optional.empty();
        }
        StringBuilder out = new StringBuilder(path.length());
        ByteArrayOutputStream escaped = new ByteArrayOutputStream(0);
        int i = 0;
        while (i < path.length()) {
            char c = path.charAt(i);
            if (c == '%') {
                if (!escape(path, i, out, escaped)) {
                    return Optional.empty();
                }
                i += 3;
            } else if (isPlain(c)) {
                out.append(c);
                escaped.write(c);
                i++;
            } else {
                return Optional.empty();
            }
        }
        String canonical = out.toString();
        return isUtf8(escaped.toByteArray()) && isFlat(canonical)
                ? Optional.of(new CanonicalPath(canonical))
                : Optional.empty();
    }

    /** The everyday path, which is its own canonical spelling. */
    private static boolean isPlain(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (!isPlain(path.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(int c) {
        return c < 0x80 && (Ascii.isLetter(c) || Ascii.isDigit(c) || PLAIN.indexOf(c) >= 0);
    }

    private static boolean escape(String path, int at, StringBuilder out, ByteArrayOutputStream b) {
        if (at + 2 >= path.length()) {
            return false;
        }
        int high = Ascii.hex(path.charAt(at + 1));
        int low = Ascii.hex(path.charAt(at + 2));
        int value = (high << 4) | low;
        if (value == '/' && isInOpenAiId(out)) {
            b.write(value);
            out.append("%2F");
            return true;
        }
        if (high < 0 || low < 0 || value < 0x20 || value == 0x7f || "/\\%;?#".indexOf(value) >= 0) {
            return false;
        }
        b.write(value);
        if (isPlain(value) && "!$&'()*+,=@".indexOf(value) < 0) {
            out.append((char) value);
        } else {
            out.append('%').append(digit(high)).append(digit(low));
        }
        return true;
    }

    /**
     * Ids of the OpenAI-compatible API have a slash ({@code batches/x}), which OpenAI's SDKs write
     * as an escape; there it can mean nothing else.
     */
    private static boolean isInOpenAiId(StringBuilder out) {
        for (String collection : IDS_WITH_SLASH) {
            if (out.toString().endsWith("/openai/" + collection + "/" + collection)) {
                return true;
            }
        }
        return false;
    }

    private static char digit(int value) {
        return "0123456789ABCDEF".charAt(value);
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.codePoints().noneMatch(CanonicalPath::isInvisible);
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.FORMAT ->
                    true;
            default -> false;
        };
    }

    private static boolean isFlat(String path) {
        return path.startsWith("/")
                && !path.contains("//")
                && !path.contains("/./")
                && !path.contains("/../")
                && !path.endsWith("/.")
                && !path.endsWith("/..")
                && !path.contains("%2F.")
                && !path.contains("%2F/")
                && !path.endsWith("%2F");
    }
}
