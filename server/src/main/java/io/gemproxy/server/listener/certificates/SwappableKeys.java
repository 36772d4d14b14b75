package io.gemproxy.server.listener.certificates;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Offers the certificate of the moment, so that a new one needs no restart. A handshake that began
 * before a change ends with the certificate it began with.
 */
final class SwappableKeys extends X509ExtendedKeyManager {
    /** Nobody changes it more often while a handshake lasts. */
    private static final int REMEMBERED = 16;

    private volatile Served served;

    SwappableKeys(ServedCertificate first) {
        served = new Served(0, List.of(first));
    }

    ServedCertificate current() {
        return served.certificate();
    }

    synchronized void serve(ServedCertificate next) {
        served = served.then(next);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, Socket socket) {
        return alias(keyType);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = alias(keyType);
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

    private @Nullable String alias(String keyType) {
        Served now = served;
        boolean fits = now.certificate().leaf().getPublicKey().getAlgorithm().equals(keyType);
        return fits ? String.valueOf(now.number()) : null;
    }

    private Optional<ServedCertificate> find(String alias) {
        Served now = served;
        return IntStream.range(0, now.newestFirst().size())
                .filter(age -> alias.equals(String.valueOf(now.number() - age)))
                .mapToObj(now.newestFirst()::get)
                .findFirst();
    }

    /**
     * What is served, and what was.
     *
     * @param number counts the changes and names the certificate in a handshake
     * @param newestFirst the one that is served, then those before it
     */
    private record Served(int number, List<ServedCertificate> newestFirst) {
        ServedCertificate certificate() {
            return newestFirst.getFirst();
        }

        Served then(ServedCertificate next) {
            List<ServedCertificate> all = new ArrayList<>(newestFirst);
            all.addFirst(next);
            return new Served(
                    number + 1, List.copyOf(all.subList(0, Math.min(REMEMBERED, all.size()))));
        }
    }
}
