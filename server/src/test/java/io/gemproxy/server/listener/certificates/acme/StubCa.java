package io.gemproxy.server.listener.certificates.acme;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/**
 * An authority for the faults that a real one does not have. It checks no signature and no name,
 * answers as RFC 8555 says, and where a test wishes otherwise as that says.
 */
final class StubCa implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer, instead of the right one. */
    record Answer(int status, String type, String body, Map<String, String> headers) {
        static Answer problem(int status, String type, String detail) {
            return new Answer(
                    status,
                    "application/problem+json",
                    "{\"type\":\"urn:ietf:params:acme:error:%s\",\"detail\":\"%s\"}"
                            .formatted(type, detail),
                    Map.of());
        }
    }

    /** Makes the chain of what was ordered. */
    @FunctionalInterface
    interface Issuing {
        List<X509Certificate> issue(List<String> names, PublicKey key, Instant now);
    }

    final TestIssuer issuer = new TestIssuer("Stub");
    final List<String> paths = Collections.synchronizedList(new ArrayList<>());
    final List<JsonNode> orders = Collections.synchronizedList(new ArrayList<>());
    final Map<String, Answer> faults = new ConcurrentHashMap<>();
    volatile Issuing issuing;
    volatile Optional<Answer> renewalInfo = Optional.empty();
    volatile String profiles = "{}";
    private final Map<String, Integer> left = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final InstantSource clock;
    private final AtomicInteger nonces = new AtomicInteger();
    private volatile List<String> names = List.of();
    private volatile String chain = "";

    StubCa(InstantSource clock) throws IOException {
        this.clock = clock;
        issuing =
                (names, key, now) ->
                        List.of(
                                issuer.issue(
                                        names,
                                        key,
                                        now.minusSeconds(60),
                                        now.plus(Duration.ofDays(90))),
                                issuer.certificate());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    URI directory() {
        return URI.create(base() + "/dir");
    }

    /** The fault at a path is over after this many answers. */
    void forgetsFaultAfter(String path, int answers) {
        left.put(path, answers);
    }

    /** How often it was asked this. */
    long count(String path) {
        return List.copyOf(paths).stream().filter(it -> it.equals(path)).count();
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String key = path.startsWith("/ari/") ? "/ari" : path;
        paths.add(key);
        byte[] body = exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Replay-Nonce", "nonce" + nonces.incrementAndGet());
        exchange.getResponseHeaders().set("Location", base() + key);
        Answer answer = faults.get(key);
        if (answer != null && left.getOrDefault(key, Integer.MAX_VALUE) == 0) {
            answer = null;
        }
        left.computeIfPresent(key, (_, often) -> Math.max(0, often - 1));
        if (answer == null) {
            answer = answer(key, body);
        }
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(
                answer.status(), head || bytes.length == 0 ? -1 : bytes.length);
        if (!head && bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private Answer answer(String path, byte[] body) throws IOException {
        return switch (path) {
            case "/dir" -> json(200, directoryText());
            case "/nonce" -> new Answer(200, "text/plain", "", Map.of());
            case "/account" -> json(200, "{\"status\":\"valid\"}");
            case "/order" -> ordered(payload(body));
            case "/order/1" -> json(200, order("valid"));
            case "/finalize" -> finalized(payload(body));
            case "/authz" -> json(200, authorization());
            case "/cert" -> new Answer(200, "application/pem-certificate-chain", chain, Map.of());
            case "/ari" -> renewalInfo.orElse(Answer.problem(404, "malformed", "unknown"));
            default -> new Answer(404, "text/plain", "", Map.of());
        };
    }

    private String directoryText() {
        String ari = renewalInfo.isPresent() ? ",\"renewalInfo\":\"%s/ari\"".formatted(base()) : "";
        return """
        {"newNonce":"%1$s/nonce","newAccount":"%1$s/account","newOrder":"%1$s/order",
         "revokeCert":"%1$s/revoke","keyChange":"%1$s/key"%2$s,"meta":{"profiles":%3$s}}
        """
                .formatted(base(), ari, profiles);
    }

    private Answer ordered(JsonNode order) {
        orders.add(order);
        names =
                order.path("identifiers")
                        .valueStream()
                        .map(it -> it.path("value").asText())
                        .toList();
        return new Answer(
                201, "application/json", order("ready"), Map.of("Location", base() + "/order/1"));
    }

    private Answer finalized(JsonNode payload) throws IOException {
        byte[] request = Base64.getUrlDecoder().decode(payload.path("csr").asText());
        PublicKey key =
                new JcaPEMKeyConverter()
                        .getPublicKey(
                                new PKCS10CertificationRequest(request).getSubjectPublicKeyInfo());
        chain = Pem.chain(issuing.issue(names, key, clock.instant()));
        return json(200, order("processing"));
    }

    private String order(String status) {
        return """
        {"status":"%1$s","identifiers":[],"authorizations":["%2$s/authz"],
         "finalize":"%2$s/finalize","certificate":"%2$s/cert"}
        """
                .formatted(status, base());
    }

    private String authorization() {
        return "{\"status\":\"valid\",\"identifier\":{\"type\":\"dns\",\"value\":\"x\"},\"challenges\":[]}";
    }

    private static Answer json(int status, String body) {
        return new Answer(status, "application/json", body, Map.of());
    }

    private static JsonNode payload(byte[] body) throws IOException {
        String payload = JSON.readTree(body).path("payload").asText();
        return JSON.readTree(Base64.getUrlDecoder().decode(payload));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
