package io.gemproxy.server.state;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lines of a journal: each is the checksum of a JSON text, a space and the text.
 *
 * @param texts of the lines that are whole, in order
 * @param torn whether the last lines are not: what a crash leaves of an append
 * @param damaged lines before them that are not: what no crash leaves
 */
record JournalLines(List<byte[]> texts, boolean torn, int damaged) {
    /** A line of that JSON text, which has no line break. */
    static byte[] line(byte[] text) {
        byte[] start = (Checksum.of(text) + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] line = new byte[start.length + text.length + 1];
        System.arraycopy(start, 0, line, 0, start.length);
        System.arraycopy(text, 0, line, start.length, text.length);
        line[line.length - 1] = '\n';
        return line;
    }

    static JournalLines of(byte[] file) {
        List<byte[]> texts = new ArrayList<>();
        int damaged = 0;
        int broken = 0;
        int start = 0;
        for (int at = 0; at < file.length; at++) {
            if (file[at] == '\n') {
                if (isWhole(file, start, at)) {
                    texts.add(Arrays.copyOfRange(file, start + Checksum.DIGITS + 1, at));
                    damaged += broken;
                    broken = 0;
                } else {
                    broken++;
                }
                start = at + 1;
            }
        }
        return new JournalLines(texts, broken > 0 || start < file.length, damaged);
    }

    private static boolean isWhole(byte[] file, int start, int end) {
        int text = start + Checksum.DIGITS + 1;
        return text <= end
                && new String(file, start, Checksum.DIGITS, StandardCharsets.ISO_8859_1)
                        .equals(Checksum.of(file, text, end - text));
    }
}
