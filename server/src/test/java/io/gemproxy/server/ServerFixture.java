package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.authentication.TokenIssuer;
import io.gemproxy.server.config.ConfigLoader;
import io.gemproxy.server.config.ConfigRequest;
import io.gemproxy.server.config.ConfigResult;
import io.gemproxy.server.config.ConfigSource;
import io.gemproxy.server.config.ConfigText;
import io.gemproxy.server.config.ReadConfig;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.simulator.Simulator;
import io.gemproxy.simulator.record.Seen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A whole server from YAML in front of a simulator, and what a test wants to know of both. */
final class ServerFixture implements AutoCloseable {
    static final String SECRET =
            Emissions.OF_THIS_RUN.secret(
                    "the signing secret", "e2e-signing-secret-Zq8vN3xT5bW1rK7mJ4cH");
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final String FLASH = "/v1beta/models/gemini-2.5-flash";

    private static final ObjectMapper JSON = new ObjectMapper();

    final Simulator simulator;
    final Gemproxy server;
    final ConfigFileInUse config;
    final Path directory;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final AtomicLong shift = new AtomicLong();
    private final String token;
    private final boolean tls;

    ServerFixture(FixtureBuilder from) throws Exception {
        directory = Files.createTempDirectory("gemproxy-e2e");
        tls = from.tls;
        simulator = from.simulator();
        PrintStream out =
                new PrintStream(
                        Emissions.OF_THIS_RUN.into("the log", log), true, StandardCharsets.UTF_8);
        InstantSource clock = from.clock;
        Platform platform =
                new Platform(
                        clock,
                        () -> System.nanoTime() + shift.get(),
                        new SecureRandom(),
                        Map.of(),
                        directory,
                        out,
                        out);
        config = new ConfigFileInUse(directory.resolve("e2e.yaml"));
        config.write(from.yaml(simulator.baseUrl(), directory));
        ConfigRequest request =
                new ConfigRequest(
                        new ConfigSource.InFile(Path.of("e2e.yaml")),
                        from.sets,
                        Map.of(),
                        directory);
        ConfigLoader loader = new ConfigLoader(clock);
        ReadConfig read = loader.read(request);
        server =
                switch (read.result()) {
                    case ConfigResult.LoadedConfig it ->
                            Gemproxy.start(ServedConfig.of(read, it, request, loader), platform);
                    case ConfigResult.InvalidConfig it ->
                            fail(String.join("\n", ConfigText.lines(it.findings())));
                };
        token = token(TokenGrant.of("tester", Duration.ofHours(1), Role.CLIENT), clock);
    }

    /** The usual server: keys alpha, beta and gamma of three projects, no limits, plain HTTP. */
    static ServerFixture usual() throws Exception {
        return with().start();
    }

    static FixtureBuilder with() {
        return new FixtureBuilder();
    }

    /** The value of the key with that id. */
    static String keyOf(String id) {
        return Emissions.OF_THIS_RUN.secret(
                "the pooled key " + id,
                "AIzaSy" + (id + "Key7QpX2vLmN9sRtB4wYcD6fGhJ8kZaE").substring(0, 33));
    }

    String token() {
        return token;
    }

    /** A fresh token of a client without limits of its own. */
    static String token(String subject) {
        return token(TokenGrant.of(subject, Duration.ofHours(1), Role.CLIENT));
    }

    static String token(TokenGrant grant) {
        return token(grant, InstantSource.system());
    }

    private static String token(TokenGrant grant, InstantSource clock) {
        return new TokenIssuer(Secret.of(SECRET), new SecureRandom(), clock).issue(grant);
    }

    Wire connect() throws IOException {
        return tls ? Wire.overTls(server.proxyPort(), certificate()) : Wire.to(server.proxyPort());
    }

    /** The certificate of the proxy port. */
    X509Certificate certificate() throws IOException {
        try (InputStream pem = Files.newInputStream(directory.resolve("cert.pem"))) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(pem);
        } catch (CertificateException unreadable) {
            throw new IOException(unreadable);
        }
    }

    /** One request with the usual token on a connection of its own. */
    Wire.Reply post(String target, String body, String... fields) throws IOException {
        return call("POST", target, body.getBytes(StandardCharsets.UTF_8), fields);
    }

    Wire.Reply get(String target, String... fields) throws IOException {
        return call("GET", target, new byte[0], fields);
    }

    Wire.Reply call(String method, String target, byte[] body, String... more) throws IOException {
        List<String> fields = new ArrayList<>(List.of("x-goog-api-key: " + token));
        fields.addAll(List.of(more));
        return bare(method, target, body, fields);
    }

    /** One request with these fields and no others. */
    Wire.Reply bare(String method, String target, byte[] body, List<String> fields)
            throws IOException {
        try (Wire wire = connect()) {
            wire.send(method, target, fields, body);
            return wire.read();
        }
    }

    /** The answer of the admin port. */
    Wire.Reply admin(String path) throws IOException {
        try (Wire wire = Wire.to(server.adminPort())) {
            wire.send("GET", path, List.of(), new byte[0]);
            return wire.read();
        }
    }

    /** What an admin does, as {@code METHOD /path}, with a JSON body. */
    Wire.Reply act(String what, String body) throws IOException {
        String admin = token(TokenGrant.of("operator", Duration.ofHours(1), Role.ADMIN));
        String[] line = what.split(" ", 2);
        try (Wire wire = Wire.to(server.adminPort())) {
            wire.send(
                    line[0],
                    line[1],
                    List.of("Authorization: Bearer " + admin, "Content-Type: application/json"),
                    body.getBytes(StandardCharsets.UTF_8));
            return wire.read();
        }
    }

    JsonNode adminJson(String path) throws IOException {
        return JSON.readTree(admin(path).body());
    }

    /** The operator's word for the state of a key. */
    String stateOf(String keyId) throws IOException {
        for (JsonNode key : adminJson("/performance").path("keys")) {
            if (key.path("id").asText().equals(keyId)) {
                return key.path("state").asText();
            }
        }
        return fail("no key " + keyId);
    }

    /** The keys the simulator saw, in order. */
    List<@Nullable String> keysSeen() {
        return simulator.record().stream().<@Nullable String>map(Seen::key).toList();
    }

    /** Moves the server's monotonic clock. */
    void advance(Duration time) {
        shift.addAndGet(time.toNanos());
    }

    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    /** The audit file as it stands. */
    String auditText() throws Exception {
        server.flushAudit(PATIENCE);
        return Files.readString(directory.resolve("audit.log"));
    }

    List<JsonNode> audit() throws Exception {
        return new AuditRecords(this::auditText).all();
    }

    /** The records of the requests that are on file now. */
    List<JsonNode> requests() throws Exception {
        return audit().stream().filter(line -> line.has("request_id")).toList();
    }

    /** The records of a client's requests, once there are so many of them. */
    List<JsonNode> requestsOf(String actor, int count) throws Exception {
        return records(line -> line.path("actor").asText().equals(actor), count);
    }

    /** The records of so many refused credentials. */
    List<JsonNode> authFailures(int count) throws Exception {
        return records(line -> line.path("event_type").asText().equals("AuthFailure"), count);
    }

    /** The record of a request that sent this {@code x-request-id}. */
    JsonNode auditOfClientId(String id) throws Exception {
        return records(line -> line.path("client_request_id").asText().equals(id), 1).getFirst();
    }

    /** The record of a request, which is written after its answer. */
    JsonNode auditOf(Wire.Reply reply) throws Exception {
        String id = reply.requestId();
        return records(line -> line.path("request_id").asText().equals(id), 1).getFirst();
    }

    /** All records that name this request. */
    List<JsonNode> recordsOf(Wire.Reply reply, int count) throws Exception {
        String id = reply.requestId();
        return records(line -> line.path("request_id").asText().equals(id), count);
    }

    private List<JsonNode> records(Predicate<JsonNode> wanted, int count) throws Exception {
        return new AuditRecords(this::auditText).where(wanted, count);
    }

    static JsonNode json(Wire.Reply reply) throws IOException {
        return JSON.readTree(reply.body());
    }

    /** Waits for something that becomes true by itself. */
    static void await(BooleanSupplier condition, Duration atMost, String what) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("not within " + atMost + ": " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        simulator.close();
        Emissions.OF_THIS_RUN.directory(directory);
        delete(directory);
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(java.util.Comparator.reverseOrder())
                    .forEach(path -> {
                        try {
                            Files.delete(path);
                        } catch (IOException failed) {
                            throw new UncheckedIOException(failed);
                        }
                    });
        }
    }
}
