package io.gemproxy.server.listener.certificates;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/**
 * Reads certificates and private keys from PEM files; one file may hold both. What goes wrong is
 * told with the file's name and never with its content.
 */
public final class PemFiles {
    private static final long MOST_BYTES = 1 << 20;

    private PemFiles() {}

    /**
     * The certificates of a file in their order, the server's own first.
     *
     * @throws CertificateFileException if there is none, or one cannot be read
     */
    public static List<X509Certificate> certificates(Path file) throws CertificateFileException {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Object block : blocks(file)) {
                if (block instanceof X509CertificateHolder holder) {
                    chain.add(new JcaX509CertificateConverter().getCertificate(holder));
                }
            }
        } catch (GeneralSecurityException unreadable) {
            throw new CertificateFileException(file, "holds a certificate that cannot be read");
        }
        if (chain.isEmpty()) {
            throw new CertificateFileException(
                    file, "holds no certificate (-----BEGIN CERTIFICATE-----)");
        }
        return List.copyOf(chain);
    }

    /**
     * The first private key of a file: PKCS#8, PKCS#1 RSA or SEC 1 EC, unencrypted.
     *
     * @throws CertificateFileException if there is none, or it is encrypted or cannot be read
     */
    public static PrivateKey privateKey(Path file) throws CertificateFileException {
        for (Object block : blocks(file)) {
            switch (block) {
                case PrivateKeyInfo key -> {
                    return decoded(file, key);
                }
                case PEMKeyPair pair -> {
                    return decoded(file, pair.getPrivateKeyInfo());
                }
                case PKCS8EncryptedPrivateKeyInfo _ -> throw encrypted(file);
                case PEMEncryptedKeyPair _ -> throw encrypted(file);
                default -> {
                    // curve parameters, or a certificate in the same file
                }
            }
        }
        throw new CertificateFileException(
                file, "holds no private key (-----BEGIN PRIVATE KEY-----)");
    }

    private static List<Object> blocks(Path file) throws CertificateFileException {
        List<Object> blocks = new ArrayList<>();
        String text = text(file);
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
                blocks.add(block);
            }
            return blocks;
        } catch (IOException | RuntimeException unreadable) {
            // its message may quote the file
            throw new CertificateFileException(file, "is not proper PEM");
        }
    }

    private static String text(Path file) throws CertificateFileException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new CertificateFileException(file, "is larger than 1 MiB");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (CertificateFileException tooLarge) {
            throw tooLarge;
        } catch (NoSuchFileException missing) {
            throw new CertificateFileException(file, "is not there");
        } catch (AccessDeniedException denied) {
            throw new CertificateFileException(
                    file,
                    "may not be read by this user: let a group of that user read it (chgrp, chmod"
                            + " 0640) and enter its directories");
        } catch (IOException unreadable) {
            throw new CertificateFileException(file, "cannot be read");
        }
    }

    private static PrivateKey decoded(Path file, PrivateKeyInfo key)
            throws CertificateFileException {
        try {
            String algorithm = key.getPrivateKeyAlgorithm().getAlgorithm().getId();
            return KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
        } catch (GeneralSecurityException | IOException unreadable) {
            throw new CertificateFileException(
                    file, "holds a private key of a kind that cannot be used");
        }
    }

    private static CertificateFileException encrypted(Path file) {
        return new CertificateFileException(
                file, "holds an encrypted key; decrypt it with: openssl pkey -in FILE");
    }
}
