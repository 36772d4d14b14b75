package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gemproxy.server.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions keep their names over restarts, and nobody else can work them out. */
class KeptVersionKeyTest {
    private static final ConfigFile FILE =
            new ConfigFile(Path.of("proxy.yaml"), new byte[] {'a', ':', ' ', '1'});

    @TempDir private Path directory;

    @Test
    void theKeyOutlivesTheProcessAndIsForItsOwnerAlone() throws IOException {
        String first = version();
        assertEquals(first, version());
        Path key = directory.resolve("config-version-key.json");
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
    }

    @Test
    void aVersionIsNoDigestOfTheFileAlone() throws IOException, NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(FILE.bytes());
        assertFalse(HexFormat.of().formatHex(digest).startsWith(version()));
    }

    @Test
    void aDamagedKeyIsReplaced() throws IOException {
        String first = version();
        Files.writeString(directory.resolve("config-version-key.json"), "no key");
        String second = version();
        assertNotEquals(first, second);
        assertEquals(second, version());
    }

    private String version() throws IOException {
        return KeptVersionKey.open(directory, new SecureRandom()).of(List.of(FILE)).value();
    }
}
