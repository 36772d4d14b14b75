package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.simulator.faults.Gate;
import io.gemproxy.simulator.script.Rule;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Programs that use the proxy, one request after the other, and an operator who logs in. */
final class Traffic implements AutoCloseable {
    static final String PASSWORD =
            Emissions.OF_THIS_RUN.secret("the admin password", "Vq7-mossy-Lantern-42-quay");

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String GATE = "history";

    private final Household household;
    private final HttpClient http;
    private final List<Rule> gate;

    Traffic(Household household) throws Exception {
        this.household = household;
        Path certificate = household.directory.resolve("certs/cert.pem");
        http = HttpClient.newBuilder().sslContext(trusting(certificate)).build();
        gate = household.google().script("all: stall at headers until " + GATE);
    }

    /**
     * Asks a model for something.
     *
     * @param attempts how long Google takes for each, in milliseconds
     * @return the id of the request, when its record is on file
     */
    String request(String token, String model, long... attempts) throws Exception {
        URI uri =
                URI.create(
                        "https://localhost:%d/v1beta/models/%s:generateContent"
                                .formatted(household.proxyPort(), model));
        String body = "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}";
        var answer = http.sendAsync(post(uri, token, body), BodyHandlers.ofString());
        Gate google = household.google().stream(GATE);
        for (long attempt : attempts) {
            assertTrue(google.awaitWaiter(PATIENCE), () -> "nobody asked Google: " + answer);
            household.pass(Duration.ofMillis(attempt));
            google.release();
        }
        String id = answer.get().headers().firstValue("x-request-id").orElseThrow();
        awaitRecord(id);
        household.pass(Duration.ofMillis(700));
        return id;
    }

    private void awaitRecord(String id) throws Exception {
        Path log = household.directory.resolve("audit.log");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(log).contains(id)) {
            assertTrue(System.nanoTime() < deadline, "no audit record of " + id);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Logs in with the password; the id of the session. */
    String login() throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + household.adminPort() + "/auth/login");
        JsonNode answer =
                JSON.readTree(
                        http.send(
                                        post(uri, "", "{\"password\":\"" + PASSWORD + "\"}"),
                                        BodyHandlers.ofString())
                                .body());
        return answer.path("session").path("id").asText();
    }

    private static HttpRequest post(URI uri, String token, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("Content-Type", "application/json")
                        .header("User-Agent", "curl/8.5.0")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("x-goog-api-key", token);
        }
        return request.build();
    }

    @Override
    public void close() {
        household.google().forget(gate);
        http.close();
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry(
                    "gemproxy", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), new SecureRandom());
        return context;
    }
}
