package io.gemproxy.server.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The uncompressed files an audit log was rotated to: {@code audit.log.1}, {@code audit.log-…}. */
final class RotatedFiles {
    private static final List<String> COMPRESSED = List.of(".gz", ".xz", ".bz2", ".zst");

    /** Ends the name of the file {@link AuditLock} locks. */
    static final String LOCK = ".lock";

    private RotatedFiles() {}

    static List<Path> newestFirst(Path path) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return List.of();
        }
        String name = path.getFileName().toString();
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> isRotated(file.getFileName().toString(), name))
                    .filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(RotatedFiles::changed).reversed())
                    .toList();
        }
    }

    private static boolean isRotated(String candidate, String name) {
        boolean named = candidate.startsWith(name + ".") || candidate.startsWith(name + "-");
        return named
                && !candidate.equals(name + LOCK)
                && COMPRESSED.stream().noneMatch(candidate::endsWith);
    }

    private static FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }
}
