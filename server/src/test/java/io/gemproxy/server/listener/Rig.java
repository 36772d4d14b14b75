package io.gemproxy.server.listener;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.gemini.Dialect;
import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.listener.certificates.TlsConfig;
import io.gemproxy.server.proxy.ExchangeHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;

/** A proxy listener on a free port with short deadlines, and raw sockets to talk to it. */
final class Rig implements AutoCloseable {
    static final Timeouts SHORT =
            new Timeouts(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(100),
                    0);

    final ProxyListener listener;

    Rig(ExchangeHandler handler) {
        this(handler, SHORT, Optional.empty());
    }

    Rig(ExchangeHandler handler, Timeouts timeouts, Optional<SSLContext> tls) {
        this(handler, timeouts, tls, System::nanoTime);
    }

    Rig(
            ExchangeHandler handler,
            Timeouts timeouts,
            Optional<SSLContext> tls,
            LongSupplier nanoTime) {
        try {
            listener =
                    ProxyListener.start(
                            config(0),
                            timeouts,
                            tls,
                            (method, path, query) -> target(path),
                            handler,
                            () -> true,
                            new RequestIds(InstantSource.system(), new SecureRandom()),
                            refused -> {},
                            InstantSource.system(),
                            nanoTime);
        } catch (ListenerFailed e) {
            throw new IllegalStateException(e);
        }
    }

    static ServerConfig config(int port) {
        return config(
                port,
                new TlsConfig(false, Path.of("c"), Path.of("k"), false, List.of()),
                RedirectConfig.OFF);
    }

    static ServerConfig config(int port, TlsConfig tls, RedirectConfig redirect) {
        return new ServerConfig(
                "127.0.0.1",
                port,
                100,
                OptionalInt.empty(),
                Duration.ofSeconds(1),
                1 << 20,
                200L << 20,
                true,
                SHORT.header(),
                SHORT.body(),
                SHORT.bodyBytesPerSecond(),
                SHORT.idle(),
                Optional.empty(),
                TrustedProxiesConfig.NONE,
                tls,
                HstsConfig.OFF,
                redirect);
    }

    private static Optional<GeminiTarget> target(String path) {
        return path.startsWith("/nowhere")
                ? Optional.empty()
                : Optional.of(
                        new GeminiTarget(
                                path,
                                Dialect.NATIVE,
                                path.startsWith("/upload/")
                                        ? Operation.UPLOAD_CHUNK
                                        : Operation.OTHER,
                                Optional.empty(),
                                Optional.empty()));
    }

    /** Reads the body and answers its length; {@code /secret} answers SECRET. */
    static final ExchangeHandler ECHO =
            (exchange, request, response) -> {
                try (InputStream in = request.content().inputStream()) {
                    long n = in.transferTo(java.io.OutputStream.nullOutputStream());
                    response.send(
                            exchange.target().path().equals("/secret") ? "SECRET" : "body:" + n);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            };

    /** Answers without touching the body. */
    static final ExchangeHandler DEAF =
            (exchange, request, response) ->
                    response.send(exchange.target().path().equals("/secret") ? "SECRET" : "deaf");

    Socket connect() throws IOException {
        Socket socket =
                new Socket() {
                    @Override
                    public InputStream getInputStream() throws IOException {
                        return Emissions.OF_THIS_RUN.from("an answer", super.getInputStream());
                    }
                };
        socket.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port()), 5000);
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** Sends all and reads until the server closes. */
    String talk(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return rest(socket);
        }
    }

    static String rest(Socket socket) throws IOException {
        InputStream in = Emissions.OF_THIS_RUN.from("an answer", socket.getInputStream());
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Reads up to and with {@code text}. */
    static String until(Socket socket, String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(text) < 0) {
            int b = socket.getInputStream().read();
            if (b < 0) {
                throw new IOException("closed after: " + seen);
            }
            seen.append((char) b);
        }
        return seen.toString();
    }

    @Override
    public void close() {
        listener.close();
    }
}
