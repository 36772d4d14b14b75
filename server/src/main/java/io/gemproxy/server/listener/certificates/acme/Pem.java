package io.gemproxy.server.listener.certificates.acme;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** Writes PEM (RFC 7468). */
final class Pem {
    private static final Base64.Encoder LINES =
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private Pem() {}

    static String chain(List<X509Certificate> chain) {
        StringBuilder text = new StringBuilder();
        try {
            for (X509Certificate one : chain) {
                text.append(block("CERTIFICATE", one.getEncoded()));
            }
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a parsed certificate is encoded", impossible);
        }
        return text.toString();
    }

    /** PKCS#8. */
    static String key(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    private static String block(String type, byte[] der) {
        return "-----BEGIN "
                + type
                + "-----\n"
                + LINES.encodeToString(der)
                + "\n-----END "
                + type
                + "-----\n";
    }
}
