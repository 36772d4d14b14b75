package io.gemproxy.server.upstream;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;

/** The certificate authorities that Java trusts, some 150 of them. */
public final class PlatformTrust {
    private PlatformTrust() {}

    /** Whether the operator gave a trust store, in which something may be wrong. */
    static boolean isTheOperators() {
        return System.getProperty("javax.net.ssl.trustStore") != null;
    }

    /**
     * A context that trusts them. The first call reads them all, so a start that waits for it takes
     * longer by a tenth.
     *
     * @throws IllegalStateException if they cannot be read
     */
    public static SSLContext context() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException unusable) {
            throw new IllegalStateException(
                    "the certificate authorities that Java trusts cannot be read", unusable);
        }
    }
}
