package io.gemproxy.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.listener.AdminListener;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a request, the admin port says so in a problem document (RFC 9457). */
@ResourceLock("metrics")
class AdminErrorsIT {
    private static final String AUTHORIZED =
            "Host: localhost\r\nAuthorization: Bearer " + AdminFixture.ADMIN_TOKEN + "\r\n";
    private static final String TOKENS = "POST /api/tokens HTTP/1.1\r\n" + AUTHORIZED;

    private final AdminFixture admin = new AdminFixture();
    private AdminListener listener;

    @BeforeEach
    void start() throws Exception {
        listener =
                AdminListener.start(
                        "127.0.0.1",
                        0,
                        Optional.empty(),
                        admin.routing(),
                        () -> new RequestId("WIRE"),
                        System::nanoTime);
    }

    @AfterEach
    void stop() {
        listener.close();
        admin.close();
    }

    record Case(String wire, int status, String code) {
        @Override
        public String toString() {
            return status + " " + code;
        }
    }

    static List<Case> wrong() {
        String chunked = TOKENS + "Transfer-Encoding: chunked\r\n\r\n";
        String much = "x".repeat(70_000);
        return List.of(
                new Case("hello\r\n\r\n", 400, "request_line_invalid"),
                new Case(get("/api/keys", "x y: 1\r\n"), 400, "header_invalid"),
                new Case("GET /api/keys HTTP/1.1\r\n\r\n", 400, "host_invalid"),
                new Case(get("http://localhost/api/keys", ""), 400, "target_invalid"),
                new Case(get("/" + "x".repeat(20_000), ""), 414, "target_too_long"),
                new Case(
                        get("/api/keys", ("x-a: " + "y".repeat(1000) + "\r\n").repeat(70)),
                        431,
                        "headers_too_large"),
                new Case(
                        "BREW /api/keys HTTP/1.1\r\n" + AUTHORIZED + "\r\n",
                        501,
                        "method_unsupported"),
                new Case(
                        "GET /api/keys HTTP/1.0\r\n" + AUTHORIZED + "\r\n",
                        505,
                        "version_unsupported"),
                new Case(TOKENS + "Content-Length: 5000000\r\n\r\n", 413, "body_too_large"),
                new Case(
                        TOKENS + "Transfer-Encoding: gzip\r\n\r\n",
                        501,
                        "transfer_coding_unsupported"),
                new Case(TOKENS + "Expect: x\r\n\r\n", 417, "expectation_unsupported"),
                new Case(TOKENS + "Content-Length: 70000\r\n\r\n" + much, 413, "too_large"),
                new Case(chunked + "11170\r\n" + much + "\r\n0\r\n\r\n", 413, "too_large"),
                new Case(chunked + "zz\r\n", 400, "invalid_request"),
                new Case(
                        TOKENS + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
                        415,
                        "content_coding"),
                new Case(TOKENS + "Content-Length: 2\r\n\r\n{a", 400, "invalid_request"),
                new Case(get("/nothing", ""), 404, "not_found"),
                new Case(get("/api/../api/keys", ""), 404, "not_found"),
                new Case(get("/health/%2E%2e/api/keys", ""), 404, "not_found"),
                new Case(get("/api/./keys", ""), 404, "not_found"),
                new Case(get("//api/keys", ""), 404, "not_found"),
                new Case(get("/api/keys;a=b", ""), 404, "not_found"),
                new Case(get("/api/keys/nothing", ""), 404, "not_found"),
                new Case(
                        "DELETE /api/keys HTTP/1.1\r\n" + AUTHORIZED + "\r\n",
                        405,
                        "method_not_allowed"),
                new Case(
                        "GET /api/keys HTTP/1.1\r\nHost: localhost\r\n\r\n",
                        401,
                        "unauthenticated"),
                new Case(
                        "GET /api/keys HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                        421,
                        "misdirected"));
    }

    private static String get(String target, String fields) {
        return "GET " + target + " HTTP/1.1\r\n" + AUTHORIZED + fields + "\r\n";
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void isSaidInAProblemDocumentWithTheRequestId(Case wrong) throws Exception {
        String answer = talk(wrong.wire());
        String head = answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
        JsonNode problem =
                new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));

        assertEquals(wrong.status(), Integer.parseInt(answer.substring(9, 12)), answer);
        assertTrue(head.contains("content-type: application/problem+json"), answer);
        assertEquals("urn:gemproxy:problem:" + wrong.code(), problem.path("type").asText());
        assertEquals(wrong.status(), problem.path("status").asInt());
        assertFalse(problem.path("title").asText().isBlank());
        assertFalse(problem.path("detail").asText().isBlank());
        String id = problem.path("request_id").asText();
        assertTrue(head.contains("x-request-id: " + id.toLowerCase(Locale.ROOT) + "\r\n"), answer);
        assertEquals(1, head.split("x-request-id:", -1).length - 1, answer);
        assertEquals("urn:gemproxy:request:" + id, problem.path("instance").asText());
        assertTrue(head.contains("x-content-type-options: nosniff"), answer);
        assertEquals(wrong.status() == 405, head.contains("\r\nallow: get, head"), answer);
    }

    @Test
    void aBugIsAProblemToo() throws Exception {
        admin.broken = true;
        String answer = talk(get("/health/detailed", ""));

        assertTrue(answer.startsWith("HTTP/1.1 500"), answer);
        assertTrue(answer.contains("urn:gemproxy:problem:internal"), answer);
        assertFalse(answer.contains("a secret nobody may read"), answer);
    }

    /** Each is the last of its connection, or made so. */
    private String talk(String wire) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(wire.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(
                    Emissions.OF_THIS_RUN
                            .from("an answer of the admin port", socket.getInputStream())
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        }
    }
}
