package io.gemproxy.server.listener.certificates.acme;

import io.gemproxy.server.exchange.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The {@code server.tls.acme} section.
 *
 * @param enabled whether certificates are ordered
 * @param domains the names of the certificate, the first one first
 * @param email the contact of the account
 * @param directories where authorities are found, the preferred one first; never empty
 * @param challenge how they check that a name is ours
 * @param keyAlgorithm of the certificate's key
 * @param externalAccount what the first authority knows us by already
 * @param profile which of the authority's profiles the certificate shall have
 * @param trusted certificates that vouch for the directory, instead of those Java trusts
 * @param hook makes DNS records
 * @param storage account keys, schedule and lock; private to this user
 */
public record AcmeConfig(
        boolean enabled,
        List<String> domains,
        Optional<String> email,
        List<URI> directories,
        ChallengeType challenge,
        KeyAlgorithm keyAlgorithm,
        Optional<ExternalAccount> externalAccount,
        Optional<String> profile,
        Optional<Path> trusted,
        Optional<Hook> hook,
        Path storage) {
    public AcmeConfig {
        domains = domains.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().toList();
        directories = List.copyOf(directories);
    }

    /** How an authority checks that a name is ours. */
    public enum ChallengeType {
        HTTP_01,
        TLS_ALPN_01,
        DNS_01;

        /** As in RFC 8555 and in the configuration. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * An account somewhere else that the authority binds ours to (RFC 8555, section 7.3.4).
     *
     * @param kid its name there
     * @param hmac base64url, as the authority gave it
     */
    public record ExternalAccount(String kid, Secret hmac) {}

    /**
     * A program that makes and removes DNS records.
     *
     * @param program its path; called without a shell
     * @param timeout after which it is killed
     */
    public record Hook(Path program, Duration timeout) {}

    /** The kinds of key a certificate may have. */
    public enum KeyAlgorithm {
        P256("EC", 256, "SHA256withECDSA"),
        P384("EC", 384, "SHA384withECDSA"),
        RSA2048("RSA", 2048, "SHA256withRSA"),
        RSA4096("RSA", 4096, "SHA256withRSA");

        private final String algorithm;
        private final int bits;
        private final String signature;

        KeyAlgorithm(String algorithm, int bits, String signature) {
            this.algorithm = algorithm;
            this.bits = bits;
            this.signature = signature;
        }

        /** A new key. */
        KeyPair generate(SecureRandom random) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
                generator.initialize(parameters(), random);
                return generator.generateKeyPair();
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("this Java makes no such keys", impossible);
            }
        }

        private AlgorithmParameterSpec parameters() {
            return algorithm.equals("EC")
                    ? new ECGenParameterSpec("secp" + bits + "r1")
                    : new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4);
        }

        /** How such a key signs a request for a certificate. */
        String signature() {
            return signature;
        }
    }
}
