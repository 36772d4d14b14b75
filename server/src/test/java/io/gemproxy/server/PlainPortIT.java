package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.exchange.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The port of plain HTTP beside a whole server: it carries nothing of the other ports. */
class PlainPortIT {
    private static final Pattern PATH = Pattern.compile("(?m)^ {2}(/[^:]+):$");

    private static ServerFixture fixture;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        fixture =
                ServerFixture.with()
                        .tls()
                        .set("server.tls.http_redirect.enabled=true")
                        .set("server.tls.http_redirect.port=0")
                        .set("server.tls.hsts.enabled=true")
                        .set("server.tls.hsts.include_subdomains=true")
                        .start();
        port = redirect().orElseThrow();
    }

    @AfterAll
    static void stop() throws Exception {
        fixture.close();
    }

    private static Optional<Integer> redirect() throws Exception {
        JsonNode status = ServerFixture.json(fixture.act("GET /api/status", ""));
        return StreamSupport.stream(status.path("listeners").spliterator(), false)
                .filter(it -> it.path("name").asText().equals("redirect"))
                .map(it -> it.path("address").asText())
                .map(it -> Integer.valueOf(it.substring(it.lastIndexOf(':') + 1)))
                .findFirst();
    }

    @Test
    void whateverTheOtherPortsAnswerIsOnlyTheWayToHttpsHere() throws Exception {
        String admin = ServerFixture.token(TokenGrant.of("op", Duration.ofHours(1), Role.ADMIN));
        String way = "https://127.0.0.1:" + fixture.server.proxyPort();
        List<String> paths =
                PATH.matcher(Files.readString(Path.of("..", "docs", "openapi.yaml")))
                        .results()
                        .map(found -> found.group(1).replace("{id}", "alpha"))
                        .toList();
        assertTrue(paths.size() > 30, paths::toString);
        for (String path : paths) {
            for (String method : List.of("GET", "POST")) {
                Wire.Reply reply = ask(method, path, "Authorization: Bearer " + admin);
                assertEquals(308, reply.status(), reply::everything);
                assertEquals(Optional.of(way + path), reply.field("location"));
            }
        }
        Wire.Reply call =
                ask(
                        "POST",
                        ServerFixture.FLASH + ":generateContent",
                        "x-goog-api-key: " + fixture.token());
        assertEquals(308, call.status(), call::everything);
        assertEquals(List.of(), fixture.simulator.record());
        assertEquals(List.of(), fixture.requests());
    }

    @Test
    void answersOverTlsTellToComeByTlsOnlyAndOthersDoNot() throws Exception {
        Optional<String> told = Optional.of("max-age=31536000; includeSubDomains");
        assertEquals(told, fixture.get("/health").field("strict-transport-security"));
        assertEquals(told, fixture.get("/nowhere").field("strict-transport-security"));
        try (Wire wire = fixture.connect()) {
            wire.raw("GET / HTTP/1.0\r\n\r\n");
            assertEquals(told, wire.read().field("strict-transport-security"));
        }
        assertFalse(ask("GET", "/").field("strict-transport-security").isPresent());
        assertFalse(fixture.admin("/health").field("strict-transport-security").isPresent());
    }

    @Test
    void byDefaultThereIsNeither() throws Exception {
        try (ServerFixture plain = ServerFixture.with().tls().start()) {
            JsonNode status = ServerFixture.json(plain.act("GET /api/status", ""));
            assertFalse(status.toString().contains("redirect"), status::toString);
            assertFalse(plain.get("/health").field("strict-transport-security").isPresent());
        }
    }

    private static Wire.Reply ask(String method, String path, String... fields) throws Exception {
        try (Wire wire = Wire.to(port)) {
            wire.send(method, path, List.of(fields), new byte[0]);
            return wire.read();
        }
    }
}
