package io.gemproxy.server.audit.chain;

import io.gemproxy.server.exchange.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of the hash chain: the text of a file, at least {@value #SHORTEST} bytes without the
 * white space around it. Who has it can write records that verify, so it lies neither beside the
 * log nor in the state directory.
 */
public final class ChainKey {
    static final int SHORTEST = 32;

    private static final int LONGEST = 4_096;
    private static final String ALGORITHM = "HmacSHA256";

    private final Secret secret;

    private ChainKey(Secret secret) {
        this.secret = secret;
    }

    /** A key that is at hand. */
    public static ChainKey of(Secret secret) {
        return new ChainKey(secret);
    }

    /**
     * Reads a key.
     *
     * @throws ChainKeyUnusable if it cannot be read or is too short
     */
    public static ChainKey read(Path file) throws ChainKeyUnusable {
        try {
            return present(file);
        } catch (IOException unreadable) {
            throw new ChainKeyUnusable(file, why(unreadable), unreadable);
        }
    }

    /**
     * Reads a key, or makes one with mode 0600 where there is none.
     *
     * @throws ChainKeyUnusable if it can be neither read nor made, or is too short
     */
    public static ChainKey readOrMake(Path file, SecureRandom random) throws ChainKeyUnusable {
        try {
            return present(file);
        } catch (NoSuchFileException none) {
            try {
                make(file, random);
                return present(file);
            } catch (IOException failed) {
                throw new ChainKeyUnusable(file, "is not there and cannot be made", failed);
            }
        } catch (IOException unreadable) {
            throw new ChainKeyUnusable(file, why(unreadable), unreadable);
        }
    }

    private static String why(IOException unreadable) {
        return unreadable instanceof AccessDeniedException
                ? "may not be read by this user: let a group of that user read it (chgrp, chmod"
                        + " 0640)"
                : "cannot be read";
    }

    private static ChainKey present(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
            if (text.getBytes(StandardCharsets.UTF_8).length < SHORTEST) {
                throw new ChainKeyUnusable(file, "holds fewer than " + SHORTEST + " bytes");
            }
            return new ChainKey(Secret.of(text));
        }
    }

    private static void make(Path file, SecureRandom random) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        byte[] bytes = new byte[SHORTEST];
        random.nextBytes(bytes);
        String text = HexFormat.of().formatHex(bytes) + "\n";
        var mode = PosixFilePermissions.fromString("rw-------");
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(mode))) {
            ByteBuffer rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** Names the key without telling anything of it. */
    public String id() {
        return secret.fingerprint();
    }

    /** A fresh HMAC-SHA-256 with this key. */
    Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            byte[] bytes = secret.open().getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
        }
    }
}
