package io.gemproxy.server.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the {@code seq} of the newest record, so that numbering goes on after a restart. */
final class LastSequence {
    private static final int TAIL = 256 * 1024;
    // seq stands second in each of our lines, before any text from outside
    private static final Pattern LINE =
            Pattern.compile(
                    "(?m)^\\{\"timestamp\":\"[0-9TZ:.-]{24}\",\"seq\":([0-9]{1,18}),.*\\}$");

    private LastSequence() {}

    /** Of the file itself, else of its newest uncompressed rotated sibling; 0 if there is none. */
    static long of(Path path) throws IOException {
        long own = inFile(path);
        if (own > 0) {
            return own;
        }
        for (Path sibling : RotatedFiles.newestFirst(path)) {
            long found = inFile(sibling);
            if (found > 0) {
                return found;
            }
        }
        return 0;
    }

    private static long inFile(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return 0;
        }
        long last = 0;
        Matcher lines = LINE.matcher(tail(path));
        while (lines.find()) {
            last = Math.max(last, Long.parseLong(lines.group(1)));
        }
        return last;
    }

    private static String tail(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long start = Math.max(0, file.length() - TAIL);
            file.seek(start);
            byte[] bytes = new byte[(int) (file.length() - start)];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
