package io.gemproxy.server.listener.certificates.acme;

import io.gemproxy.server.listener.certificates.PemFiles;
import io.gemproxy.server.listener.certificates.acme.AcmeConfig.KeyAlgorithm;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.HexFormat;
import org.bouncycastle.jcajce.provider.asymmetric.util.EC5Util;

/**
 * The key of the account at one directory, in {@code accounts/}; EC P-256. Its public half is
 * worked out from the private one, so that one file is all there is.
 */
final class AccountKey {
    private final Path file;
    private final SecureRandom random;

    private AccountKey(Path file, SecureRandom random) {
        this.file = file;
        this.random = random;
    }

    static AccountKey of(Path storage, URI directory, SecureRandom random) {
        return new AccountKey(
                storage.resolve("accounts").resolve(name(directory) + ".pem"), random);
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** It is made if there is none. */
    KeyPair pair() throws IOException {
        if (!exists()) {
            PrivateFile.directory(PrivateFile.parent(file));
            KeyPair fresh = KeyAlgorithm.P256.generate(random);
            PrivateFile.replace(file, Pem.key(fresh.getPrivate()), PrivateFile.OWNER);
            return fresh;
        }
        PrivateKey key = PemFiles.privateKey(file);
        if (key instanceof ECPrivateKey ec) {
            return new KeyPair(publicOf(ec), key);
        }
        throw new IOException(file + " holds no EC key");
    }

    private static PublicKey publicOf(ECPrivateKey key) throws IOException {
        try {
            var curve = EC5Util.convertSpec(key.getParams());
            ECPoint point = EC5Util.convertPoint(curve.getG().multiply(key.getS()).normalize());
            return KeyFactory.getInstance("EC")
                    .generatePublic(new ECPublicKeySpec(point, key.getParams()));
        } catch (GeneralSecurityException | IllegalArgumentException unfit) {
            throw new IOException("the account's key cannot be used", unfit);
        }
    }

    /** Readable for people, and different for different directories. */
    private static String name(URI directory) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(directory.toString().getBytes(StandardCharsets.UTF_8));
            return String.valueOf(directory.getHost()).replaceAll("[^A-Za-z0-9.-]", "_")
                    + "-"
                    + HexFormat.of().formatHex(digest, 0, 4);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
