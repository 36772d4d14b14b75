package io.gemproxy.cli.installation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;

/** A new file that only its owner may read, and secrets to put into it. */
public final class PrivateFile {
    private static final int SECRET_BYTES = 36; // 48 letters, and 288 bits

    private PrivateFile() {}

    /** 48 letters, digits, dashes and underscores from 288 random bits. */
    public static String secret(SecureRandom random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Writes it where nothing is, with mode 0600 from the first byte on; missing directories are
     * made with mode 0700.
     *
     * @throws java.nio.file.FileAlreadyExistsException if something is there, be it a broken link
     * @throws IOException if it cannot be written whole; then it is not there
     */
    public static void write(Path file, String text) throws IOException {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
        try (SeekableByteChannel out =
                Files.newByteChannel(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            fill(out, file, text);
        }
    }

    private static void fill(SeekableByteChannel out, Path file, String text) throws IOException {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException full) {
            Files.deleteIfExists(file);
            throw full;
        }
    }
}
