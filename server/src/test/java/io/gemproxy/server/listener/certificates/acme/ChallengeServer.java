package io.gemproxy.server.listener.certificates.acme;

import com.sun.net.httpserver.HttpServer;
import io.gemproxy.server.listener.certificates.HttpChallenges;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Port 80 of a test. */
final class ChallengeServer implements AutoCloseable {
    private static final String PREFIX = "/.well-known/acme-challenge/";

    private final HttpServer server;

    private ChallengeServer(HttpServer server) {
        this.server = server;
    }

    static ChallengeServer start(HttpChallenges challenges) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                PREFIX,
                exchange -> {
                    String token = exchange.getRequestURI().getPath().substring(PREFIX.length());
                    Optional<String> answer = challenges.answer(token);
                    byte[] body = answer.orElse("no").getBytes(StandardCharsets.US_ASCII);
                    exchange.sendResponseHeaders(answer.isPresent() ? 200 : 404, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        return new ChallengeServer(server);
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
