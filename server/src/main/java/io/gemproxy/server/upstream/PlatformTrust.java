package io.gemproxy.server.upstream;

import static java.util.stream.Collectors.joining;

import java.security.NoSuchAlgorithmException;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * The certificate authorities that Java trusts, some 150 of them unless the operator says which.
 */
public final class PlatformTrust {
    private static final String TRUST = "javax.net.ssl.trustStore";
    private static final String KEYS = "javax.net.ssl.keyStore";

    private PlatformTrust() {}

    /** Whether the operator gave stores, or said of what kind they are: it may be wrong. */
    static boolean isTheOperators() {
        return isSet(TRUST) || isSet(KEYS);
    }

    /** With what belongs to a store: its password, type and provider. */
    private static boolean isSet(String store) {
        return System.getProperties().stringPropertyNames().stream()
                .anyMatch(name -> name.startsWith(store));
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
                            ? Stream.of(TRUST, KEYS)
                                    .filter(PlatformTrust::isSet)
                                    .map(PlatformTrust::complaint)
                                    .collect(joining(", or "))
                            : "the certificate authorities that Java trusts cannot be read",
                    unusable);
        }
    }

    private static String complaint(String store) {
        boolean keys = store.equals(KEYS);
        return (keys ? "the key store " : "the trust store ")
                + System.getProperty(store, "that Java has")
                + " cannot be used: it must be a PKCS#12 or JKS file of "
                + (keys ? "a key" : "certificates")
                + ", and "
                + store
                + "Password its password";
    }
}
