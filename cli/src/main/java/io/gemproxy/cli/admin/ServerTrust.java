package io.gemproxy.cli.admin;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whom this program takes for the admin port, where that speaks TLS. */
public final class ServerTrust {
    private ServerTrust() {}

    /**
     * Only servers that one of these vouches for; names are checked.
     *
     * @param authorities at least one; a self-signed certificate vouches for itself
     */
    static SSLContext only(List<X509Certificate> authorities) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry(String.valueOf(i), authorities.get(i));
            }
            return context(trust(store));
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("this Java keeps no certificates", impossible);
        }
    }

    /**
     * Whom Java trusts, names checked; and whoever has the key of this certificate, by whatever
     * name, since it is the one that the server on this machine is configured with.
     *
     * @param own empty where it is not known
     */
    public static SSLContext withOwn(Optional<X509Certificate> own) {
        X509ExtendedTrustManager usual = trust(null);
        return context(
                own.<X509ExtendedTrustManager>map(it -> new OwnCertificate(it, usual))
                        .orElse(usual));
    }

    private static X509ExtendedTrustManager trust(@Nullable KeyStore store) {
        try {
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java trusts nobody", impossible);
        }
    }

    private static SSLContext context(X509ExtendedTrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java speaks no TLS", impossible);
        }
    }
}
