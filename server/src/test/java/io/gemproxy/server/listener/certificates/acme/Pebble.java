package io.gemproxy.server.listener.certificates.acme;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.listener.certificates.SelfSignedCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Let's Encrypt's ACME server for tests, as a process; it is skipped where there is none. */
public final class Pebble implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final int port;
    private final Path caFile;
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    private Pebble(Process process, int port, Path caFile) {
        this.process = process;
        this.port = port;
        this.caFile = caFile;
    }

    /**
     * What a test wishes of it.
     *
     * @param httpPort where it looks for answers to http-01
     * @param tlsPort where it shakes hands for tls-alpn-01
     * @param life of the certificates
     * @param environment its knobs
     * @param more members of its configuration, as JSON text after a comma
     */
    public record Wish(
            int httpPort,
            int tlsPort,
            Duration life,
            Map<String, String> environment,
            String more) {
        public Wish(int httpPort, int tlsPort) {
            this(httpPort, tlsPort, Duration.ofDays(90), Map.of(), "");
        }

        Wish more(String members) {
            return new Wish(httpPort, tlsPort, life, environment, members);
        }

        Wish with(String variable, String value) {
            return new Wish(httpPort, tlsPort, life, Map.of(variable, value), more);
        }
    }

    /**
     * Starts one.
     *
     * @param directory for its files
     */
    public static Pebble start(Path directory, DnsStub dns, Wish wish) throws Exception {
        Path program = program();
        Files.createDirectories(directory);
        Path certificate = directory.resolve("pebble-cert.pem");
        Path key = directory.resolve("pebble-key.pem");
        if (!Files.exists(certificate)) {
            SelfSignedCertificate.create(
                            List.of("127.0.0.1", "localhost"),
                            Duration.ofDays(3_650),
                            InstantSource.system(),
                            new SecureRandom())
                    .write(certificate, key, false);
        }
        int port = freePort();
        Path config = Emissions.OF_THIS_RUN.given(directory.resolve("pebble.json"));
        Files.writeString(
                config,
                """
                {"pebble": {"listenAddress": "127.0.0.1:%d", "managementListenAddress": "",
                 "certificate": "%s", "privateKey": "%s", "httpPort": %d, "tlsPort": %d,
                 "ocspResponderURL": "", "certificateValidityPeriod": %d,
                 "retryAfter": {"authz": 1, "order": 1}%s}}
                """
                        .formatted(
                                port,
                                certificate,
                                key,
                                wish.httpPort(),
                                wish.tlsPort(),
                                wish.life().toSeconds(),
                                wish.more()));
        ProcessBuilder builder =
                new ProcessBuilder(
                                program.toString(),
                                "-config",
                                config.toString(),
                                "-dnsserver",
                                dns.address())
                        .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.putAll(
                Map.of(
                        "PEBBLE_VA_NOSLEEP", "1",
                        "PEBBLE_WFE_NONCEREJECT", "0",
                        "PEBBLE_AUTHZREUSE", "0"));
        environment.putAll(wish.environment());
        Pebble pebble = new Pebble(builder.start(), port, certificate);
        pebble.awaitStart();
        return pebble;
    }

    /** A port nobody has at the moment; pebble cannot choose one itself. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The one of a system property, of .ci/run's cache, of the system; the newest knows ARI. */
    public static Path program() {
        Path cached =
                Path.of(System.getProperty("user.home"), ".cache/gemproxy-tests/pebble/pebble");
        Optional<Path> found =
                Stream.concat(
                                Stream.of(System.getProperty("gemproxy.pebble", ""))
                                        .filter(path -> !path.isEmpty())
                                        .map(Path::of),
                                Stream.concat(
                                        Stream.of(cached),
                                        Stream.of(System.getenv("PATH").split(":", -1))
                                                .map(path -> Path.of(path, "pebble"))))
                        .filter(Files::isExecutable)
                        .findFirst();
        if (found.isEmpty()) {
            System.out.println("skipped: there is no pebble (Debian's package pebble)");
        }
        assumeTrue(found.isPresent(), "no pebble");
        return found.get();
    }

    private void awaitStart() throws Exception {
        CompletableFuture<String> up = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try (BufferedReader lines =
                            new BufferedReader(
                                    new InputStreamReader(
                                            Emissions.OF_THIS_RUN.from(
                                                    "pebble", process.getInputStream()),
                                            StandardCharsets.UTF_8))) {
                        for (String line = lines.readLine();
                                line != null;
                                line = lines.readLine()) {
                            said.add(line);
                            if (line.contains("ACME directory available at")) {
                                up.complete(line);
                            }
                        }
                    } catch (IOException killed) {
                        said.add(killed.toString());
                    }
                    up.completeExceptionally(new IOException(String.join("\n", said)));
                });
        up.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    public int port() {
        return port;
    }

    public URI directory() {
        return URI.create("https://127.0.0.1:" + port + "/dir");
    }

    /** What vouches for its directory. */
    public Path caFile() {
        return caFile;
    }

    /** How often a line with this text was said. */
    long count(String text) {
        return List.copyOf(said).stream().filter(line -> line.contains(text)).count();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
