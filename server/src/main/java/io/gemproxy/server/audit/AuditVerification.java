package io.gemproxy.server.audit;

import io.gemproxy.server.audit.chain.ChainKey;
import io.gemproxy.server.audit.chain.ChainReport;
import io.gemproxy.server.audit.chain.ChainVerifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks a whole log, all its rotated files in the order of their records and then the file itself,
 * without the server and beside it.
 *
 * @param files that were read, in this order
 * @param report what came of it
 */
public record AuditVerification(List<Path> files, ChainReport report) {
    private static final int BLOCK = 64 * 1024;

    /** A longer line is none of ours. */
    private static final int LONGEST = 1 << 20;

    private static final int ATTEMPTS = 5;

    public AuditVerification {
        files = List.copyOf(files);
    }

    /**
     * Reads all of it; a few times if it is rotated meanwhile.
     *
     * @param keys all that may have made it
     * @param partial whether the oldest files may be gone although the log does not say so
     * @throws IOException if a file cannot be read, or there is none
     */
    public static AuditVerification of(Path log, Path head, List<ChainKey> keys, boolean partial)
            throws IOException {
        return of(log, head, keys, partial, Reading.UNHEARD);
    }

    /** The same, and somebody is told how far it is. */
    public static AuditVerification of(
            Path log, Path head, List<ChainKey> keys, boolean partial, Reading reading)
            throws IOException {
        Path real = Files.exists(log) ? log.toRealPath() : log.toAbsolutePath();
        for (int i = 1; ; i++) {
            List<Path> before = files(real);
            AuditVerification done = once(before, log, head, keys, partial, reading);
            if (before.equals(files(real)) || i == ATTEMPTS) {
                return done;
            }
        }
    }

    private static List<Path> files(Path log) throws IOException {
        List<Path> files = new ArrayList<>();
        RotatedFiles.oldestFirst(log).forEach(rotated -> files.add(rotated.path()));
        if (Files.exists(log) || files.isEmpty()) {
            files.add(log);
        }
        return files;
    }

    private static AuditVerification once(
            List<Path> files,
            Path log,
            Path head,
            List<ChainKey> keys,
            boolean partial,
            Reading reading)
            throws IOException {
        ChainVerifier verifier = new ChainVerifier(keys, new HeadFile(head).read(keys));
        ReadCounter counter = new ReadCounter(files, reading);
        for (Path file : files) {
            verifier.file(file.equals(log) ? log.toString() : file.toString());
            try (InputStream in = RotatedFiles.open(file, counter.open(file))) {
                lines(in, verifier);
            }
        }
        return new AuditVerification(files, verifier.finish(partial));
    }

    /** Hands the lines of a file on. */
    static void lines(InputStream in, ChainVerifier verifier) throws IOException {
        byte[] block = new byte[BLOCK];
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int count = in.read(block); count > 0; count = in.read(block)) {
            int start = 0;
            for (int i = 0; i < count; i++) {
                if (block[i] == '\n') {
                    line.write(block, start, i - start);
                    verifier.line(line.toByteArray(), line.size());
                    line.reset();
                    start = i + 1;
                }
            }
            line.write(block, start, count - start);
            if (line.size() > LONGEST) {
                verifier.line(line.toByteArray(), line.size());
                line.reset();
            }
        }
        verifier.unended(line.toByteArray(), line.size());
    }
}
