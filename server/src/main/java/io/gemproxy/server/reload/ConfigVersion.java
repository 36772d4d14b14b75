package io.gemproxy.server.reload;

import io.gemproxy.server.config.ConfigFile;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Names the content of the configuration files.
 *
 * @param value 16 lower-case hex digits
 */
public record ConfigVersion(String value) {
    private static final int DIGITS = 16;

    /**
     * The beginning of the SHA-256 over the bytes of all files, one after the other.
     *
     * @param files {@code proxy.yaml}, then {@code gemini.api_keys_file} if there is one
     */
    public static ConfigVersion of(List<ConfigFile> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach(file -> digest.update(file.bytes()));
            return new ConfigVersion(
                    HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
