package io.gemproxy.server.listener.certificates;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jspecify.annotations.Nullable;

/** Reads certificate chains and private keys (PKCS#8, PKCS#1, SEC1) from PEM files. */
final class PemFiles {
    private PemFiles() {}

    static KeyAndChain read(Path certPath, Path keyPath) throws CertificateProblem {
        List<X509Certificate> chain = chain(certPath);
        PrivateKey key = key(keyPath);
        if (!belongTogether(key, chain.getFirst())) {
            throw new CertificateProblem(
                    keyPath + " is not the key of the first certificate in " + certPath);
        }
        return new KeyAndChain(key, chain);
    }

    static List<X509Certificate> chain(Path path) throws CertificateProblem {
        List<X509Certificate> chain = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(path);
                PEMParser parser = new PEMParser(reader)) {
            JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
            for (Object o = parser.readObject(); o != null; o = parser.readObject()) {
                if (o instanceof X509CertificateHolder holder) {
                    chain.add(converter.getCertificate(holder));
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new CertificateProblem(path + " cannot be read as PEM certificates", e);
        }
        if (chain.isEmpty()) {
            throw new CertificateProblem(path + " holds no certificate");
        }
        return List.copyOf(chain);
    }

    static PrivateKey key(Path path) throws CertificateProblem {
        try (Reader reader = Files.newBufferedReader(path);
                PEMParser parser = new PEMParser(reader)) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            for (Object o = parser.readObject(); o != null; o = parser.readObject()) {
                PrivateKeyInfo info = keyInfo(o);
                if (info != null) {
                    return converter.getPrivateKey(info);
                }
            }
        } catch (IOException e) {
            throw new CertificateProblem(path + " cannot be read as a PEM private key", e);
        }
        throw new CertificateProblem(path + " holds no unencrypted private key");
    }

    private static @Nullable PrivateKeyInfo keyInfo(Object pem) {
        return switch (pem) {
            case PrivateKeyInfo info -> info;
            case PEMKeyPair pair -> pair.getPrivateKeyInfo();
            default -> null;
        };
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate)
            throws CertificateProblem {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC", "ECDSA" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        try {
            byte[] sample = {1, 2, 3};
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(sample);
            byte[] signature = signer.sign();
            signer.initVerify(certificate.getPublicKey());
            signer.update(sample);
            return signer.verify(signature);
        } catch (java.security.InvalidKeyException | java.security.SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new CertificateProblem("keys of type " + key.getAlgorithm() + " cannot serve", e);
        }
    }
}
