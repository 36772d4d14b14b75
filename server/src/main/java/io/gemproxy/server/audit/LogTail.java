package io.gemproxy.server.audit;

import io.gemproxy.server.audit.chain.ChainKey;
import io.gemproxy.server.audit.chain.Link;
import io.gemproxy.server.audit.chain.SealedLine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a log ends: its newest record that has the form of one.
 *
 * @param last where that stands in the chain
 * @param whole whether it is the last line that is ended, and its hash holds
 */
record LogTail(Link last, boolean whole) {
    private static final int TAIL = 256 * 1024;

    /** Of the file itself, else of the newest rotated one that has a record; empty without any. */
    static Optional<LogTail> of(Path path, ChainKey key) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            return Optional.empty();
        }
        Optional<LogTail> own = Files.exists(path) ? inFile(path, key) : Optional.empty();
        List<RotatedFiles.Rotated> rotated = RotatedFiles.oldestFirst(path).reversed();
        for (int i = 0; own.isEmpty() && i < rotated.size(); i++) {
            own = inFile(rotated.get(i).path(), key);
        }
        return own;
    }

    private static Optional<LogTail> inFile(Path file, ChainKey key) throws IOException {
        byte[] tail = tail(file);
        int end = lastIndexOf(tail, '\n', tail.length);
        boolean newest = true;
        while (end > 0) {
            int start = lastIndexOf(tail, '\n', end) + 1;
            byte[] line = Arrays.copyOfRange(tail, start, end);
            Optional<SealedLine> sealed = SealedLine.of(line, line.length);
            if (sealed.isPresent()) {
                boolean whole = newest && sealed.get().holds(line, key);
                return Optional.of(new LogTail(sealed.get().link(), whole));
            }
            newest = false;
            end = start - 1;
        }
        return Optional.empty();
    }

    /** The last index before {@code end}, or -1. */
    private static int lastIndexOf(byte[] bytes, char wanted, int end) {
        for (int i = end - 1; i >= 0; i--) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] tail(Path file) throws IOException {
        if (file.toString().endsWith(RotatedFiles.GZIP)) {
            return new byte[0]; // whoever compresses leaves the newest one plain
        }
        try (var reader = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(0, reader.length() - TAIL);
            reader.seek(start);
            byte[] bytes = new byte[(int) (reader.length() - start)];
            reader.readFully(bytes);
            return bytes;
        }
    }
}
