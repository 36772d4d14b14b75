package io.gemproxy.server.reload.writing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Replaces a configuration file in one step and keeps what was there before. Through a link the
 * file that it leads to is replaced and the link stays.
 */
final class FileReplacement {
    private static final int MOST_BACKUPS = 10;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private FileReplacement() {}

    /**
     * Gives a file another content. After a crash anywhere inside it is the old one or the new one,
     * whole; owner, group and mode stay.
     *
     * @throws IOException if it is no plain file, or its directory or its owner do not allow it;
     *     then nothing has changed
     */
    static void replace(Path file, byte[] bytes) throws IOException {
        Path real = plainFile(file);
        Path fresh = fresh(real);
        try {
            write(fresh, bytes);
            adopt(fresh, real);
            Files.move(fresh, real, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        sync(real.resolveSibling("."));
    }

    /** Makes a file that is not there, for its owner alone; it is whole or not there. */
    static void create(Path file, byte[] bytes) throws IOException {
        Path fresh = fresh(file);
        try {
            write(fresh, bytes);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        sync(file.resolveSibling("."));
    }

    private static Path fresh(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".gemproxy-new");
    }

    /**
     * Keeps a content beside the file, for its owner alone; of such backups the last ten stay.
     *
     * @return the backup
     */
    static Path backup(Path file, byte[] bytes, Instant at) throws IOException {
        Path real = plainFile(file);
        Path backup = real.resolveSibling(real.getFileName() + ".bak-" + STAMP.format(at));
        try {
            write(backup, bytes);
        } catch (IOException half) {
            Files.deleteIfExists(backup);
            throw half;
        }
        sync(real.resolveSibling("."));
        forget(real, backup);
        return backup;
    }

    private static Path plainFile(Path file) throws IOException {
        Path real = file.toRealPath();
        if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is not a plain file");
        }
        return real;
    }

    /** An old file of that name, or a link that was planted, is never written through. */
    private static void write(Path fresh, byte[] bytes) throws IOException {
        Files.deleteIfExists(fresh);
        try (FileChannel channel =
                FileChannel.open(
                        fresh,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    private static void adopt(Path fresh, Path old) throws IOException {
        PosixFileAttributes wanted =
                Files.readAttributes(old, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        PosixFileAttributeView view =
                Files.getFileAttributeView(
                        fresh, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        PosixFileAttributes is = view.readAttributes();
        if (!is.owner().equals(wanted.owner())) {
            view.setOwner(wanted.owner());
        }
        if (!is.group().equals(wanted.group())) {
            view.setGroup(wanted.group());
        }
        view.setPermissions(wanted.permissions());
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void forget(Path real, Path newest) throws IOException {
        Pattern ours =
                Pattern.compile(
                        Pattern.quote(real.getFileName() + ".bak-") + "\\d{8}T\\d{6}\\.\\d{3}Z");
        try (Stream<Path> files = Files.list(real.resolveSibling("."))) {
            List<Path> backups =
                    files.filter(it -> ours.matcher(it.getFileName().toString()).matches())
                            .filter(it -> !it.getFileName().equals(newest.getFileName()))
                            .sorted()
                            .toList();
            for (int i = 0; i <= backups.size() - MOST_BACKUPS; i++) {
                Files.deleteIfExists(backups.get(i));
            }
        } catch (NoSuchFileException gone) {
            // somebody else tidies up
        }
    }
}
