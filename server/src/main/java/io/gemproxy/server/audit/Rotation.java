package io.gemproxy.server.audit;

import io.gemproxy.server.audit.AuditConfig.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives the file another name when it is full or its day is over, and knows which may go. */
final class Rotation {
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final System.Logger LOG = System.getLogger(Rotation.class.getName());

    private final Path path;
    private final AuditConfig.Rotation when;
    private final Retention retention;
    private final InstantSource clock;
    private final boolean possible;
    private Instant begun;
    private long first;
    private Instant notBefore = Instant.MIN;

    /** For a file that exists or not; what is no plain file is never rotated. */
    Rotation(AuditConfig config, Path path, InstantSource clock) throws IOException {
        this.path = path;
        this.when = config.rotation();
        this.retention = config.retention();
        this.clock = clock;
        this.possible = !Files.exists(path) || Files.isRegularFile(path);
        this.first = possible ? RotatedFiles.first(path) : 0;
        this.begun = first > 0 ? Files.getLastModifiedTime(path).toInstant() : clock.instant();
    }

    /** Whether the file of so many bytes should be followed by a new one. */
    boolean isDue(long size) {
        Instant now = clock.instant();
        boolean due = size >= when.bytes() || (when.daily() && !day(begun).equals(day(now)));
        return due && possible && size > 0 && !now.isBefore(notBefore);
    }

    private static LocalDate day(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** A file is begun with this record. */
    void begun(long seq) {
        begun = clock.instant();
        first = seq;
    }

    /**
     * Renames the file, whose writer has let go of it.
     *
     * @param last number of its last record
     * @return what the log says about it, none if the name could not be given
     */
    Optional<Checkpoint> rotate(long last) {
        Path full = RotatedFiles.name(path, begun, first);
        Instant now = clock.instant();
        try {
            if (Files.exists(full)) {
                throw new IOException(full + " is there already");
            }
            Files.move(path, full);
        } catch (IOException failure) {
            LOG.log(System.Logger.Level.WARNING, "the audit log cannot be rotated", failure);
            notBefore = now.plus(RETRY);
            return Optional.empty();
        }
        String name = String.valueOf(full.getFileName());
        return Optional.of(
                new Checkpoint(
                        Checkpoint.Kind.ROTATED,
                        now,
                        Map.of("records", last),
                        Map.of("closed_file", name)));
    }

    /** The files that are no longer kept, oldest first. */
    List<RotatedFiles.Rotated> outlived() {
        try {
            List<RotatedFiles.Rotated> files = RotatedFiles.own(path);
            int go = 0;
            long bytes = 0;
            int kept = 0;
            Instant oldest = clock.instant().minus(retention.age());
            for (int i = files.size() - 1; i >= 0 && go == 0; i--) {
                Path file = files.get(i).path();
                bytes += Files.size(file);
                kept++;
                boolean tooOld = Files.getLastModifiedTime(file).toInstant().isBefore(oldest);
                if (tooOld || bytes > retention.bytes() || kept > retention.files().orElse(kept)) {
                    go = i + 1;
                }
            }
            return files.subList(0, go);
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "audit files cannot be listed", unreadable);
            return List.of();
        }
    }

    /** What the log says before files are deleted. */
    Checkpoint farewell(List<RotatedFiles.Rotated> outlived) {
        Path last = outlived.getLast().path();
        long through = firstBehind(last) - 1;
        return new Checkpoint(
                Checkpoint.Kind.RETENTION,
                clock.instant(),
                Map.of("through_seq", through, "files", (long) outlived.size()),
                Map.of("last_file", String.valueOf(last.getFileName())));
    }

    private long firstBehind(Path last) {
        try {
            List<RotatedFiles.Rotated> all = RotatedFiles.oldestFirst(path);
            for (int i = 0; i < all.size() - 1; i++) {
                if (all.get(i).path().equals(last)) {
                    return all.get(i + 1).first();
                }
            }
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.DEBUG, "audit files cannot be listed", unreadable);
        }
        return first;
    }

    /** Deletes them, once the log has said so. */
    static void delete(List<RotatedFiles.Rotated> outlived) {
        for (RotatedFiles.Rotated file : outlived) {
            try {
                Files.deleteIfExists(file.path());
            } catch (IOException failure) {
                LOG.log(System.Logger.Level.WARNING, "an old audit file stays", failure);
            }
        }
    }
}
