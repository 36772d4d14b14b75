package io.gemproxy.server.upstream;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;

/**
 * The certificate authorities that Java trusts, some 150 of them unless the operator says which.
 */
public final class PlatformTrust {
    private static final String STORE = "javax.net.ssl.trustStore";

    private PlatformTrust() {}

    /** Whether the operator gave a trust store, in which something may be wrong. */
    static boolean isTheOperators() {
        return System.getProperty(STORE) != null;
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
                    isTheOperators()
                            ? "the trust store "
                                    + System.getProperty(STORE)
                                    + " cannot be used: it must be a PKCS#12 or JKS file of"
                                    + " certificates, and "
                                    + STORE
                                    + "Password its password"
                            : "the certificate authorities that Java trusts cannot be read",
                    unusable);
        }
    }
}
