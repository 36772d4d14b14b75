package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A directory in which an operator keeps a gemproxy with a certificate of its own, and its client.
 */
record Household(Path directory) {
    private static final String FIRST =
            Emissions.OF_THIS_RUN.secret(
                    "the first key", "AIzaSyHousehold-first-key-0123456789abc");
    private static final String SECOND =
            Emissions.OF_THIS_RUN.secret(
                    "the second key", "AIzaSyHousehold-second-key-0123456789ab");
    private static final String SIGNING =
            Emissions.OF_THIS_RUN.secret(
                    "the signing secret", "h7Vb1/Qw3Er5Ty7+Ui9Op2As4Df6Gh8Jk0Lz=");

    /** The simulator that its configuration knows. */
    static RunningProxy simulator(Path directory) throws IOException, InterruptedException {
        return RunningProxy.simulator(directory, FIRST, SECOND);
    }

    /** Writes {@code config/proxy.yaml}, with everything beside it. */
    void furnish(RunningProxy simulator) throws IOException {
        Files.createDirectories(directory.resolve("config"));
        Files.writeString(
                directory.resolve("config/proxy.yaml"),
                """
                server: {host: 127.0.0.1, port: 0}
                gemini:
                  base_url: "%s"
                  api_keys:
                    - {id: first, key: "%s", project: one}
                    - {id: second, key: "%s", project: two}
                auth: {jwt_secret: "%s", rate_limit_per_minute: 1000000}
                admin: {host: 127.0.0.1, port: 0, socket: admin.sock}
                audit: {rotate_bytes: 65536}
                """
                        .formatted(simulator.address(), FIRST, SECOND, SIGNING));
    }

    /** {@code gemproxy-cli} with this configuration. */
    Outcome cli(String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Installation.program("gemproxy-cli").toString()));
        command.addAll(Arrays.asList(words));
        return Outcome.of(directory, RunningProxy.environment(), command);
    }

    /** The same, which must succeed; what it prints. */
    String ask(String... words) throws Exception {
        Outcome outcome = cli(words);
        assertEquals(0, outcome.status(), () -> String.join(" ", words) + ": " + outcome.err());
        return outcome.out();
    }

    /** A script of the checkout, run here. */
    Outcome script(String name, String... words) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(Installation.checkout().resolve("scripts/" + name).toString()));
        command.addAll(Arrays.asList(words));
        return Outcome.of(directory, RunningProxy.environment(), command);
    }

    /** A client that trusts the certificate of this server and no other. */
    HttpClient client() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var pem = Files.newInputStream(directory.resolve("certs/cert.pem"))) {
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .sslContext(context)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** One call with this token; its status. */
    static int call(HttpClient client, RunningProxy server, String token) throws Exception {
        URI model =
                URI.create(
                        "https://localhost:"
                                + server.port()
                                + "/v1beta/models/gemini-2.5-flash:generateContent");
        HttpRequest request =
                HttpRequest.newBuilder(model)
                        .header("x-goog-api-key", token)
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}"))
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** What the admin port answers there. */
    static String admin(RunningProxy server, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            String body =
                    client.send(
                                    HttpRequest.newBuilder(URI.create(server.admin() + path))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body();
            Emissions.OF_THIS_RUN.emitted("the admin port", body);
            return body;
        }
    }
}
