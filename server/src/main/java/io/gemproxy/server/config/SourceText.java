package io.gemproxy.server.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The text of one YAML file and the lines that may be shown of it.
 *
 * @param name as the operator gave it
 * @param text decoded
 * @param lines of the text
 */
record SourceText(String name, String text, List<String> lines) {
    static final int MOST_BYTES = 1 << 20;
    private static final char NO_BREAK_SPACE = 0xA0;

    /** Decodes strictly; anything but plain UTF-8 without control characters is a finding. */
    static Optional<SourceText> decode(String name, byte[] bytes, Report report) {
        if (bytes.length > MOST_BYTES) {
            return refuse(
                    report,
                    Rule.TOO_LARGE,
                    Spot.whole(name),
                    "the file is over 1 MiB",
                    "is it the right file?");
        }
        if (startsLike(bytes, 0xFE, 0xFF)
                || startsLike(bytes, 0xFF, 0xFE)
                || startsLike(bytes, 0, 0, 0xFE, 0xFF)
                || (bytes.length > 1 && (bytes[0] == 0 || bytes[1] == 0))) {
            return encoding(report, name, "the file is UTF-16 or UTF-32");
        }
        if (startsLike(bytes, 0xEF, 0xBB, 0xBF)) {
            return encoding(report, name, "the file begins with a byte order mark");
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return clean(of(name, text), report);
        } catch (CharacterCodingException notUtf8) {
            return encoding(report, name, "the file is not UTF-8");
        }
    }

    static SourceText of(String name, String text) {
        return new SourceText(name, text, text.lines().toList());
    }

    private static Optional<SourceText> clean(SourceText source, Report report) {
        String text = source.text();
        boolean indentation = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\n' && c != '\r' && c != '\t') || deceives(c)) {
                return stranger(report, source, i, "remove it");
            }
            if (c == NO_BREAK_SPACE && indentation) {
                return stranger(report, source, i, "indent with plain spaces");
            }
            indentation = c == '\n' || (indentation && c == ' ');
        }
        return Optional.of(source);
    }

    /** Deletes, joins, breaks lines or turns the direction of writing, unseen. */
    private static boolean deceives(char c) {
        return c == 0x7F
                || c == 0x85
                || c == 0xFEFF
                || (c >= 0x200B && c <= 0x200F)
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }

    private static Optional<SourceText> stranger(
            Report report, SourceText source, int at, String fix) {
        Spot spot = new Spot(source.placeOf(at), Optional.empty());
        String what =
                String.format(
                        "the character U+%04X has no place here", (int) source.text.charAt(at));
        return refuse(report, Rule.CONTROL_CHARACTER, spot, what, fix);
    }

    private Place placeOf(int offset) {
        String before = text.substring(0, offset);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new Place(name, line, offset - before.lastIndexOf('\n'));
    }

    private static Optional<SourceText> encoding(Report report, String name, String what) {
        return refuse(
                report,
                Rule.ENCODING,
                Spot.whole(name),
                what,
                "save it as plain UTF-8 without a byte order mark");
    }

    private static Optional<SourceText> refuse(
            Report report, Rule rule, Spot spot, String what, String fix) {
        report.add(rule, spot, "", what, fix);
        report.incomplete();
        return Optional.empty();
    }

    private static boolean startsLike(byte[] bytes, int... start) {
        if (bytes.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((bytes[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }

    /** Never shows the text. */
    @Override
    public String toString() {
        return name;
    }
}
