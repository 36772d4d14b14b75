package io.gemproxy.server.listener;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client of TLS that looks at whatever certificate it is shown and takes it. */
final class TlsTalk {
    private final SSLContext context;
    private final int port;

    /** The one name of a handshake, byte by byte as it stands. */
    private static final class RawName extends SNIServerName {
        RawName(String name) {
            super(0, name.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static final class TakesAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Sessions are resumed among the connections of one of these. */
    TlsTalk(int port) throws GeneralSecurityException {
        this.port = port;
        context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TakesAll()}, new SecureRandom());
    }

    /** Connects, before any handshake. */
    SSLSocket open(List<String> sni, List<String> alpn, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setSoTimeout(10_000);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(sni.stream().<SNIServerName>map(RawName::new).toList());
        parameters.setApplicationProtocols(alpn.toArray(String[]::new));
        if (protocols.length > 0) {
            parameters.setProtocols(protocols);
        }
        socket.setSSLParameters(parameters);
        return socket;
    }

    /** What a client is shown that asks for this name. */
    X509Certificate shown(List<String> sni, String protocol) throws IOException {
        try (SSLSocket socket = open(sni, List.of(), protocol)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /** Sends a request and reads to the end of the connection. */
    static String ask(SSLSocket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return new String(
                Emissions.OF_THIS_RUN.from("an answer", socket.getInputStream()).readAllBytes(),
                StandardCharsets.ISO_8859_1);
    }
}
