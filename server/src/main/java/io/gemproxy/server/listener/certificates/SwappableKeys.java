package io.gemproxy.server.listener.certificates;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Offers the certificates of the moment, by the name a client asks for, so that new ones need no
 * restart. A handshake that began before a change ends with the certificate it began with.
 */
final class SwappableKeys extends X509ExtendedKeyManager {
    /** Nobody changes them more often between two steps of a handshake. */
    private static final int REMEMBERED = 64;

    private volatile Served served;

    SwappableKeys(CertificateSet first) {
        served = new Served(0, List.of(first));
    }

    CertificateSet current() {
        return served.certificates();
    }

    synchronized void serve(CertificateSet next) {
        served = served.then(next);
    }

    /** The name a client asks for; empty if it asks for none. */
    static Optional<String> nameIn(@Nullable SSLSession handshake) {
        return handshake instanceof ExtendedSSLSession session
                ? session.getRequestedServerNames().stream()
                        .filter(SNIHostName.class::isInstance)
                        .map(name -> ((SNIHostName) name).getAsciiName())
                        .findFirst()
                : Optional.empty();
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return alias(keyType, nameIn(engine.getHandshakeSession()));
    }

    @Override
    public @Nullable String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, Socket socket) {
        return alias(
                keyType,
                socket instanceof SSLSocket tls
                        ? nameIn(tls.getHandshakeSession())
                        : Optional.empty());
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = alias(keyType, Optional.empty());
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return find(alias)
                .map(ServedCertificate::chain)
                .map(chain -> chain.toArray(X509Certificate[]::new))
                .orElse(null);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return find(alias).map(ServedCertificate::key).orElse(null);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }

    private @Nullable String alias(String keyType, Optional<String> name) {
        Served now = served;
        return now.certificates()
                .choose(name, keyType)
                .map(place -> now.number() + ":" + place)
                .orElse(null);
    }

    private Optional<ServedCertificate> find(String alias) {
        int colon = alias.indexOf(':');
        String number = alias.substring(0, colon);
        int place = Integer.parseInt(alias.substring(colon + 1));
        Served now = served;
        return IntStream.range(0, now.newestFirst().size())
                .filter(age -> number.equals(String.valueOf(now.number() - age)))
                .mapToObj(now.newestFirst()::get)
                .map(set -> set.all().get(place).certificate())
                .findFirst();
    }

    /**
     * What is served, and what was.
     *
     * @param number counts the changes and names the certificates in a handshake
     * @param newestFirst those that are served, then those before them
     */
    private record Served(int number, List<CertificateSet> newestFirst) {
        CertificateSet certificates() {
            return newestFirst.getFirst();
        }

        Served then(CertificateSet next) {
            List<CertificateSet> all = new ArrayList<>(newestFirst);
            all.addFirst(next);
            return new Served(
                    number + 1, List.copyOf(all.subList(0, Math.min(REMEMBERED, all.size()))));
        }
    }
}
