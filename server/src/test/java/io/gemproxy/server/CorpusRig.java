package io.gemproxy.server;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.authentication.TokenIssuer;
import io.gemproxy.server.config.ConfigLoader;
import io.gemproxy.server.config.ConfigRequest;
import io.gemproxy.server.config.ConfigResult;
import io.gemproxy.server.config.ConfigSource;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.exchange.Secret;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A real server with one pooled key before a raw-socket upstream, and a raw-socket client. */
final class CorpusRig implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Of no other form than a real one, so that nothing is told apart by its looks. */
    static final String POOLED_KEY =
            Emissions.OF_THIS_RUN.secret(
                    "the pooled key", "AIzaSyPooledKeyOfTheCorpus-0123456789ab");

    private static final String JWT_SECRET =
            Emissions.OF_THIS_RUN.secret("the signing secret", "kR7vQ2mX9tB4nW6zL1cF8hJ3pD5gS0yA");

    /** Noon in California: no quota day ends while the test runs. */
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-21T20:00:00Z"));

    private final CorpusUpstream upstream = new CorpusUpstream(PATIENCE);
    private final Gemproxy server;
    private final Socket client;
    private final InputStream answers;
    private final Map<String, String> values = new HashMap<>();

    CorpusRig(Path directory) throws Exception {
        SecureRandom random = new SecureRandom();
        OutputStream nowhere = OutputStream.nullOutputStream();
        PrintStream silent = new PrintStream(Emissions.OF_THIS_RUN.into("the log", nowhere), true);
        Platform platform =
                new Platform(CLOCK, System::nanoTime, random, Map.of(), directory, silent, silent);
        server = Gemproxy.start(config(directory, upstream.authority()), "test", platform);
        client = new Socket(InetAddress.getLoopbackAddress(), server.proxyPort());
        client.setTcpNoDelay(true);
        answers =
                Emissions.OF_THIS_RUN.from(
                        "the answer in " + directory.getFileName(), client.getInputStream());
        client.setSoTimeout((int) PATIENCE.toMillis());
        TokenIssuer issuer = new TokenIssuer(Secret.of(JWT_SECRET), random, CLOCK);
        values.put("token", issuer.issue(TokenGrant.of("app", Duration.ofDays(1), Role.CLIENT)));
        values.put("host", "127.0.0.1:" + server.proxyPort());
        values.put("upstream", upstream.authority());
        values.put("pooled_key", POOLED_KEY);
    }

    private static io.gemproxy.server.config.GemproxyConfig config(
            Path directory, String upstream) {
        String yaml =
                """
                server: {host: 127.0.0.1, port: 0, tls: {enabled: false}}
                gemini:
                  base_url: http://%s
                  api_keys: [{id: primary, key: %s}]
                auth: {jwt_secret: %s, rate_limit_per_minute: 1000}
                admin: {port: 0}
                """
                        .formatted(upstream, POOLED_KEY, JWT_SECRET);
        InputStream bytes = new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
        ConfigSource source = new ConfigSource.Given("corpus.yaml", bytes);
        ConfigRequest request = new ConfigRequest(source, List.of(), Map.of(), directory);
        return switch (new ConfigLoader(CLOCK).load(request)) {
            case ConfigResult.LoadedConfig loaded -> loaded.config();
            case ConfigResult.InvalidConfig invalid ->
                    throw new AssertionError(invalid.findings().toString());
        };
    }

    /** What the words in double braces mean now. */
    Map<String, String> values() {
        return values;
    }

    CorpusUpstream upstream() {
        return upstream;
    }

    /** Sends the bytes as they are, from another thread: an answer may begin before they are up. */
    WireMessage exchange(byte[] request, WireMessage.Kind answer, SpokenAnswer spoken)
            throws Exception {
        Thread sender = Thread.startVirtualThread(() -> send(request));
        InputStream in = new BufferedInputStream(answers);
        WireMessage got = WireMessage.read(in, answer, spoken::arrived);
        sender.join(PATIENCE);
        if (in.available() > 0) {
            throw new AssertionError("bytes after the answer");
        }
        return got;
    }

    private void send(byte[] request) {
        try {
            client.getOutputStream().write(request);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /**
     * The connection must be at the start of a new answer, unless it was to be closed: then at its
     * end.
     */
    void checkConnection(WireMessage last) throws IOException {
        if (last.values("connection").contains("close")) {
            if (answers.read() >= 0) {
                throw new AssertionError("bytes after the last answer");
            }
            return;
        }
        String probe = "GET /health HTTP/1.1\r\nHost: " + values.get("host") + "\r\n\r\n";
        client.getOutputStream().write(probe.getBytes(StandardCharsets.ISO_8859_1));
        WireMessage health = WireMessage.read(answers, WireMessage.Kind.ANSWER, count -> {});
        if (health.status() != 200 && health.status() != 503) {
            throw new AssertionError(health.startLine());
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
        upstream.close();
    }
}
