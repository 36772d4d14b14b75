package io.gemproxy.server.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The files an audit log was rotated to: our own {@code audit.log-20261121-000000000042}, named by
 * the day and the number of their first record, and those of others, {@code audit.log.1}, {@code
 * audit.log.2.gz}.
 */
final class RotatedFiles {
    /** Ends the name of the file {@link AuditLock} locks. */
    static final String LOCK = ".lock";

    static final String GZIP = ".gz";

    private static final List<String> UNREADABLE = List.of(".xz", ".bz2", ".zst", LOCK);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern OWN = Pattern.compile("-[0-9]{8}-([0-9]{12,18})");
    private static final Pattern SEQ =
            Pattern.compile("^\\{(?:\"timestamp\":\"[^\"]{1,40}\",)?\"seq\":([0-9]{1,18})[,}]");
    private static final int HEAD = 256;

    private RotatedFiles() {}

    /** A rotated file and the number of its first record, 0 if it has none. */
    record Rotated(Path path, long first) implements Comparable<Rotated> {
        @Override
        public int compareTo(Rotated other) {
            return first == other.first
                    ? path.compareTo(other.path)
                    : Long.compare(first, other.first);
        }
    }

    /** What the file will be called once it is full. */
    static Path name(Path path, Instant day, long first) {
        String suffix = "-%s-%012d".formatted(DAY.format(day), first);
        return path.resolveSibling(path.getFileName() + suffix);
    }

    /** Only those this server named itself. */
    static List<Rotated> own(Path path) throws IOException {
        int prefix = path.getFileName().toString().length();
        return oldestFirst(path).stream()
                .filter(it ->
                        OWN.matcher(it.path().getFileName().toString().substring(prefix)).matches())
                .toList();
    }

    /** Those that are plain text, in the order of their records. */
    static List<Rotated> plain(Path path) throws IOException {
        return oldestFirst(path).stream()
                .filter(it -> !it.path().toString().endsWith(GZIP))
                .toList();
    }

    /** In the order of their records. */
    static List<Rotated> oldestFirst(Path path) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return List.of();
        }
        String name = path.getFileName().toString();
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> isRotated(file.getFileName().toString(), name))
                    .filter(Files::isRegularFile)
                    .map(file -> new Rotated(file, first(file)))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isRotated(String candidate, String name) {
        boolean named = candidate.startsWith(name + ".") || candidate.startsWith(name + "-");
        return named && UNREADABLE.stream().noneMatch(candidate::endsWith);
    }

    /** The number of the first record of a file, 0 if it has none. */
    static long first(Path file) {
        try (InputStream in = open(file)) {
            return seq(in.readNBytes(HEAD));
        } catch (IOException unreadable) {
            return 0;
        }
    }

    /** The number of the record of a line, 0 if it is none. */
    static long seq(byte[] line) {
        int length = Math.min(line.length, HEAD);
        Matcher found = SEQ.matcher(new String(line, 0, length, StandardCharsets.ISO_8859_1));
        return found.find() ? Long.parseLong(String.valueOf(found.group(1))) : 0;
    }

    /** The bytes of a file, also of one that was compressed with gzip. */
    static InputStream open(Path file) throws IOException {
        return open(file, Files.newInputStream(file));
    }

    /** The same, of its bytes on disk. */
    static InputStream open(Path file, InputStream in) throws IOException {
        if (!file.toString().endsWith(GZIP)) {
            return in;
        }
        try {
            return new GZIPInputStream(in);
        } catch (IOException broken) {
            in.close();
            throw broken;
        }
    }
}
