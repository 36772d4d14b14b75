package io.gemproxy.server.reload;

import io.gemproxy.server.config.ConfigFile;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names the contents of configuration files, under a key of this installation: the files hold
 * secrets and their version stands in answers and logs, where an unkeyed digest would let a weak
 * password be guessed.
 */
public final class ConfigVersions {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int DIGITS = 16;

    private final SecretKeySpec key;

    /**
     * @param key at least 32 random bytes
     */
    public ConfigVersions(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * The beginning of the HMAC-SHA-256 over the length (8 bytes) and the bytes of each file.
     *
     * @param files {@code proxy.yaml}, then {@code gemini.api_keys_file} if there is one
     */
    public ConfigVersion of(List<ConfigFile> files) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (ConfigFile file : files) {
                mac.update(ByteBuffer.allocate(Long.BYTES).putLong(0, file.bytes().length));
                mac.update(file.bytes());
            }
            return new ConfigVersion(HexFormat.of().formatHex(mac.doFinal()).substring(0, DIGITS));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
