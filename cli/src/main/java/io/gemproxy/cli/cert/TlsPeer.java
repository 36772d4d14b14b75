package io.gemproxy.cli.cert;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * What a TLS server presented.
 *
 * @param chain its certificates, its own first
 * @param protocol that was agreed on
 * @param cipherSuite that was agreed on
 * @param distrust why this Java does not trust it; empty if it does
 */
record TlsPeer(
        List<X509Certificate> chain,
        String protocol,
        String cipherSuite,
        Optional<String> distrust) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * Shakes hands with a server, whoever it is, and sends it nothing.
     *
     * @throws IOException if nobody answers there, or speaks no TLS
     */
    static TlsPeer meet(String host, int port) throws IOException {
        WitnessingTrust trust = WitnessingTrust.create();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
            plain.setSoTimeout((int) PATIENCE.toMillis());
            try (SSLSocket socket = secured(trust, plain, host, port)) {
                socket.startHandshake();
                return new TlsPeer(
                        trust.chain(),
                        socket.getSession().getProtocol(),
                        socket.getSession().getCipherSuite(),
                        trust.distrust());
            }
        }
    }

    private static SSLSocket secured(WitnessingTrust trust, Socket plain, String host, int port)
            throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            return socket;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java speaks no TLS", impossible);
        }
    }
}
