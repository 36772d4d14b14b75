package io.gemproxy.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.emissions.SecretForms;
import io.gemproxy.emissions.SecretSearch;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.authentication.TokenIssuer;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.simulator.Simulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A simulator, a gemproxy process before it, and taps before its two ports; closing it stops the
 * process and fails if a secret was found in anything gemproxy emitted, or if the simulator saw
 * what it must never see.
 */
final class Bench implements AutoCloseable {
    private static final String JWT_SECRET = "kJ8s/2hd+7Yt5Qe0Zx1Vb4Nm6La9Pw3Rf8Tg2Uc=";
    private static final String ADMIN_PASSWORD = "correct/horse+battery=staple";
    private static final List<String> OPEN =
            List.of(
                    "/health",
                    "/health/live",
                    "/health/ready",
                    "/health/detailed",
                    "/metrics",
                    "/performance",
                    "/errors");
    private static final List<String> GUARDED =
            List.of(
                    "/api/status",
                    "/api/keys",
                    "/api/keys/key-1",
                    "/api/config",
                    "/api/openapi.yaml",
                    "/api/nothing");

    private final BenchOptions options;
    private final Simulator simulator;
    private final SecretSearch search;
    private final ProxyProcess process;
    private final EmissionTap proxyTap;
    private final EmissionTap adminTap;
    private final TokenIssuer issuer =
            new TokenIssuer(Secret.of(JWT_SECRET), new SecureRandom(), InstantSource.system());
    private final String token;

    private Bench(BenchOptions options, Path directory) throws IOException, InterruptedException {
        this.options = options;
        this.token = token(TokenGrant.of("acceptance", Duration.ofHours(1), Role.CLIENT));
        this.search = new SecretSearch(secrets());
        this.simulator = simulator(options);
        writeConfig(directory);
        this.process =
                ProxyProcess.start(directory, List.of("-Xmx" + options.heap(), "-XX:+UseSerialGC"));
        this.proxyTap = EmissionTap.before("proxy port", process.proxyPort(), search);
        this.adminTap = EmissionTap.before("admin port", process.adminPort(), search);
    }

    /** Starts everything. */
    static Bench start(BenchOptions options) throws IOException, InterruptedException {
        return new Bench(options, Files.createTempDirectory("gemproxy-bench"));
    }

    private static Simulator simulator(BenchOptions options) {
        Simulator.Builder builder = Simulator.builder().host(InetAddress.getLoopbackAddress());
        options.keys().forEach(key -> builder.key(key.id(), key.value(), key.project()));
        return builder.record(options.record(), options.bodyCap()).start();
    }

    private Map<String, byte[]> secrets() {
        Map<String, byte[]> secrets = new LinkedHashMap<>();
        options.keys().forEach(key -> secrets.putAll(SecretForms.of(key.id(), key.value())));
        secrets.putAll(SecretForms.of("the signing secret", JWT_SECRET));
        secrets.putAll(SecretForms.of("the admin password", ADMIN_PASSWORD));
        secrets.putAll(SecretForms.of("a client's token", token));
        return secrets;
    }

    private void writeConfig(Path directory) throws IOException {
        Path config = directory.resolve("proxy.yaml");
        Files.createFile(
                config,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(config, options.yaml(simulator.baseUrl(), JWT_SECRET, ADMIN_PASSWORD));
    }

    /** The base URL for clients, without a slash at the end. */
    String url() {
        return "http://127.0.0.1:" + proxyTap.port();
    }

    /** The port clients connect to. */
    int port() {
        return proxyTap.port();
    }

    /** The base URL of the admin port. */
    String adminUrl() {
        return "http://127.0.0.1:" + adminTap.port();
    }

    /** A token of a client without limits. */
    String token() {
        return token;
    }

    /** A token of that kind. */
    String token(TokenGrant grant) {
        return issuer.issue(grant);
    }

    /** A token that may only use one model. */
    String tokenForModel(String model) {
        TokenGrant all = TokenGrant.of("restricted", Duration.ofHours(1), Role.CLIENT);
        return token(
                new TokenGrant(
                        all.subject(),
                        all.lifetime(),
                        all.role(),
                        List.of(model),
                        all.requestsPerMinute(),
                        all.tokensPerMinute(),
                        all.requestsPerDay(),
                        all.dailyTokens(),
                        all.dailyCostUsd()));
    }

    Simulator simulator() {
        return simulator;
    }

    List<PooledKey> keys() {
        return options.keys();
    }

    ProxyProcess process() {
        return process;
    }

    /** The secrets found so far. */
    Set<String> findings() {
        return search.findings();
    }

    /** Stops everything and judges what was emitted and what was seen. */
    @Override
    public void close() throws IOException {
        try (simulator;
                process;
                proxyTap;
                adminTap) {
            stopAndJudge();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
        delete(process.directory());
    }

    private void stopAndJudge() throws IOException, InterruptedException {
        boolean died = process.ended();
        if (!died) {
            askAdminPort();
        }
        int exit = process.stop();
        searchFiles();
        Emissions.OF_THIS_RUN.searchedElsewhere(search.searched(), options.keys().size() + 3);
        Upstream.assertClean(this);
        assertEquals(Set.of(), search.findings(), "secrets in what gemproxy emitted");
        assertFalse(died, "gemproxy ended before its time");
        assertEquals(0, exit, "gemproxy's exit code");
    }

    private void askAdminPort() throws IOException, InterruptedException {
        String admin = token(TokenGrant.of("operator", Duration.ofMinutes(5), Role.ADMIN));
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String path : OPEN) {
                client.send(get(path).build(), HttpResponse.BodyHandlers.discarding());
            }
            for (String path : GUARDED) {
                client.send(get(path).build(), HttpResponse.BodyHandlers.discarding());
                client.send(
                        get(path).header("Authorization", "Bearer " + admin).build(),
                        HttpResponse.BodyHandlers.discarding());
            }
        }
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(URI.create(adminUrl() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private void searchFiles() throws IOException {
        try (Stream<Path> files = Files.walk(process.directory())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!holdsTheConfiguration(file)) {
                    search.whole(
                            process.directory().relativize(file).toString(),
                            Files.readAllBytes(file));
                }
            }
        }
    }

    /** Secrets stand there on purpose, in files of mode 0600. */
    private static boolean holdsTheConfiguration(Path file) {
        return file.endsWith("proxy.yaml")
                || String.valueOf(file.getParent()).endsWith("/var/config-history");
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
