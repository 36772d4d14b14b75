package io.gemproxy.cli.cert;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets every server in, to be looked at, and keeps what Java's own trust says of it. Only for
 * connections over which nothing is sent.
 */
final class WitnessingTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager judge;
    private volatile List<X509Certificate> chain = List.of();
    private volatile Optional<String> distrust = Optional.empty();

    private WitnessingTrust(X509ExtendedTrustManager judge) {
        this.judge = judge;
    }

    static WitnessingTrust create() {
        try {
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .map(WitnessingTrust::new)
                    .orElseThrow();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java trusts nobody", impossible);
        }
    }

    List<X509Certificate> chain() {
        return chain;
    }

    /** Why the server is not trusted; empty if it is. */
    Optional<String> distrust() {
        return distrust;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType, Socket socket) {
        chain = List.of(shown);
        judged(() -> judge.checkServerTrusted(shown, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType, SSLEngine engine) {
        chain = List.of(shown);
        judged(() -> judge.checkServerTrusted(shown, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType) {
        chain = List.of(shown);
        judged(() -> judge.checkServerTrusted(shown, authType));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String authType)
            throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }

    private void judged(Judgement judgement) {
        try {
            judgement.pass();
            distrust = Optional.empty();
        } catch (CertificateException refused) {
            distrust = Optional.of(reason(refused.getMessage()));
        }
    }

    /** Java nests its reasons; the last one is the plain one. */
    private static String reason(@Nullable String message) {
        String words = String.valueOf(message);
        return words.startsWith("PKIX path building failed")
                ? "nobody whom this Java trusts vouches for it"
                : words.substring(words.lastIndexOf(": ") + 1).strip();
    }

    /** What may end in distrust. */
    @FunctionalInterface
    private interface Judgement {
        void pass() throws CertificateException;
    }
}
