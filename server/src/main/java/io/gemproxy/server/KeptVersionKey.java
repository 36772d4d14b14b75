package io.gemproxy.server;

import io.gemproxy.server.reload.ConfigVersions;
import io.gemproxy.server.state.DurableFile;
import io.gemproxy.server.state.StateDamaged;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** The key under which versions of the configuration are named, over restarts. */
final class KeptVersionKey {
    private static final System.Logger LOG = System.getLogger(KeptVersionKey.class.getName());
    private static final String FILE = "config-version-key.json";
    private static final int BYTES = 32;

    private KeptVersionKey() {}

    /**
     * Names versions under the key in {@code state.dir}, which is made where there is none.
     *
     * @throws IOException if it cannot be read or kept
     */
    static ConfigVersions open(Path directory, SecureRandom random) throws IOException {
        DurableFile<VersionKey> file = DurableFile.in(directory, FILE, VersionKey.class);
        return new ConfigVersions(Base64.getDecoder().decode(key(file, random).base64()));
    }

    /** Old versions stay in the history under their old names, so a damaged key stops nothing. */
    private static VersionKey key(DurableFile<VersionKey> file, SecureRandom random)
            throws IOException {
        try {
            var kept = file.read();
            if (kept.isPresent()) {
                return kept.get();
            }
        } catch (StateDamaged lost) {
            LOG.log(
                    Level.WARNING,
                    "versions of the configuration have new names from now on: {0}",
                    lost.getMessage());
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        VersionKey fresh = new VersionKey(Base64.getEncoder().encodeToString(bytes));
        file.replace(fresh);
        return fresh;
    }

    /**
     * In the form in which it is kept.
     *
     * @param base64 of 32 random bytes
     */
    record VersionKey(String base64) {
        /** Shows the key to nobody. */
        @Override
        public String toString() {
            return "VersionKey";
        }
    }
}
