package io.gemproxy.server.listener.certificates;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows a challenge's certificate in a handshake of {@code acme-tls/1}, and the usual elsewhere.
 */
final class ChallengeKeys extends X509ExtendedKeyManager {
    /** Before the name in an alias; no alias of the usual keys has a blank. */
    private static final String OF_CHALLENGE = AlpnChallenges.PROTOCOL + " ";

    private final X509ExtendedKeyManager usual;
    private final AlpnChallenges challenges;

    ChallengeKeys(X509ExtendedKeyManager usual, AlpnChallenges challenges) {
        this.usual = usual;
        this.challenges = challenges;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        if (!AlpnChallenges.PROTOCOL.equals(engine.getHandshakeApplicationProtocol())) {
            return usual.chooseEngineServerAlias(keyType, issuers, engine);
        }
        return SwappableKeys.nameIn(engine.getHandshakeSession())
                .filter(host ->
                        challenges
                                .answer(host)
                                .filter(it ->
                                        it.leaf().getPublicKey().getAlgorithm().equals(keyType))
                                .isPresent())
                .map(host -> OF_CHALLENGE + host)
                .orElse(null);
    }

    @Override
    public @Nullable String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, Socket socket) {
        return usual.chooseServerAlias(keyType, issuers, socket);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return usual.getServerAliases(keyType, issuers);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return isOfChallenge(alias)
                ? offered(alias).map(it -> it.chain().toArray(X509Certificate[]::new)).orElse(null)
                : usual.getCertificateChain(alias);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return isOfChallenge(alias)
                ? offered(alias).map(ServedCertificate::key).orElse(null)
                : usual.getPrivateKey(alias);
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

    private static boolean isOfChallenge(String alias) {
        return alias.startsWith(OF_CHALLENGE);
    }

    private Optional<ServedCertificate> offered(String alias) {
        return challenges.answer(alias.substring(OF_CHALLENGE.length()));
    }
}
