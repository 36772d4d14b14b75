package io.gemproxy.server.upstream;

import java.io.IOException;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * TLS 1.2 or 1.3 with the host name checked against the certificate.
 *
 * @param context asked for with each connection
 */
record TlsUpgrade(Supplier<SSLContext> context) implements TlsSocketStrategy {
    @Override
    public SSLSocket upgrade(
            Socket socket, String host, int port, Object attachment, HttpContext exchange)
            throws IOException {
        SSLSocket tls =
                (SSLSocket) context.get().getSocketFactory().createSocket(socket, host, port, true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }
}
