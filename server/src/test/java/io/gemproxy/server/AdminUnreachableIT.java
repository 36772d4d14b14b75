package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.exchange.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing of the admin port answers on the proxy port, however it is spelt. */
class AdminUnreachableIT {
    private static final Pattern PATH = Pattern.compile("(?m)^ {2}(/[^:]+):$");
    private static final String UP = "{\"status\":\"UP\"}";

    private static ServerFixture fixture;
    private static String adminToken;

    @BeforeAll
    static void start() throws Exception {
        fixture = ServerFixture.usual();
        adminToken =
                ServerFixture.token(TokenGrant.of("operator", Duration.ofHours(1), Role.ADMIN));
    }

    @AfterAll
    static void stop() throws Exception {
        fixture.close();
    }

    /** The document is held against the routes by a test of its own. */
    static Stream<String> paths() throws Exception {
        Path docs = Files.isDirectory(Path.of("docs")) ? Path.of("docs") : Path.of("..", "docs");
        List<String> paths =
                PATH.matcher(Files.readString(docs.resolve("openapi.yaml")))
                        .results()
                        .map(found -> found.group(1).replace("{id}", "alpha"))
                        .filter(path -> path.matches("/(health|metrics|perf|err|api|auth).*"))
                        .toList();
        assertTrue(paths.size() > 30 && paths.contains("/api/keys"), paths::toString);
        return paths.stream();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void noSpellingOfAPathReachesIt(String path) throws Exception {
        for (String target : spellings(path)) {
            refused("GET " + target, "");
        }
        for (String method : List.of("HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
            refused(method + " " + path, "");
        }
    }

    @ParameterizedTest
    @MethodSource("paths")
    void noFieldLeadsThere(String path) throws Exception {
        String admin = "127.0.0.1:" + fixture.server.adminPort();
        for (String host : List.of(admin, "localhost", "admin", "127.0.0.1")) {
            refused("GET " + path, "Host: " + host + "\r\n");
        }
        for (String field :
                List.of(
                        "X-Forwarded-Host: " + admin,
                        "X-Forwarded-Port: " + fixture.server.adminPort(),
                        "X-Forwarded-Prefix: " + path,
                        "X-Original-URL: " + path,
                        "X-Rewrite-URL: " + path,
                        "Forwarded: host=" + admin,
                        "X-HTTP-Method-Override: GET",
                        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                                + "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
                        "Upgrade: websocket\r\nConnection: Upgrade")) {
            refused("GET " + path, "Host: a\r\n" + field + "\r\n");
            refused("GET /nothing", "Host: a\r\n" + field + "\r\n");
        }
    }

    @Test
    void whoBeginsWithHttp2IsSentAway() throws Exception {
        try (Wire wire = Wire.to(fixture.server.proxyPort())) {
            wire.raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
            Wire.Reply reply = wire.read();
            assertTrue(reply.status() >= 400, reply::everything);
        }
    }

    @Test
    void healthIsOneWordHereWhoeverAsks() throws Exception {
        for (String target : List.of("/health", "/health?detailed=true", "/health#detailed")) {
            Wire.Reply reply = ask("GET " + target, "");
            if (reply.status() == 200) {
                assertEquals(UP, reply.text());
            } else {
                assertTrue(reply.status() >= 400, reply::everything);
            }
        }
    }

    @Test
    void nothingOfItWentUpstream() throws Exception {
        refused("GET /v1beta/models/../../api/status", "");
        assertFalse(
                fixture.simulator.record().stream()
                        .anyMatch(seen -> seen.toString().contains("api/status")));
    }

    private static List<String> spellings(String path) {
        String rest = path.substring(1);
        List<String> spelt =
                new ArrayList<>(
                        List.of(
                                path,
                                path + "/",
                                path + "?",
                                path + "?key=" + adminToken,
                                path + ";a=b",
                                path + "/.",
                                path + "%00",
                                path + "%20",
                                path + ".json",
                                "/" + path,
                                "//" + path,
                                "/." + path,
                                "/;" + path,
                                "/;a=b" + path,
                                "/x/.." + path,
                                "/%2e" + path,
                                "/%2E%2E" + path,
                                "/x/%2e%2e" + path,
                                "/v1beta/.." + path,
                                "/v1beta/..;" + path,
                                "/v1beta/%2e%2e" + path,
                                "/v1beta/..%2f" + rest,
                                "/v1beta/%252e%252e" + path,
                                "/v1beta/models/../.." + path,
                                "/v1beta/..\\" + rest,
                                "/%2f" + rest,
                                "/%5c" + rest,
                                "\\" + rest,
                                "/\\" + rest,
                                "/%" + Integer.toHexString(rest.charAt(0)) + rest.substring(1),
                                path.replace("/", "%2f"),
                                path.replace("/", "//"),
                                path.replace("/", "/./"),
                                path.toUpperCase(Locale.ROOT),
                                rest,
                                "*",
                                "http://127.0.0.1:" + fixture.server.adminPort() + path,
                                "http://127.0.0.1:" + fixture.server.proxyPort() + path,
                                "https://admin" + path,
                                "http:" + path,
                                "127.0.0.1:" + fixture.server.adminPort()));
        if (path.lastIndexOf('/') > 0) {
            spelt.add(path.substring(0, path.lastIndexOf('/')) + "%2f" + last(path));
            spelt.add(path.substring(0, path.lastIndexOf('/')) + "/x/../" + last(path));
        }
        return spelt;
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static void refused(String line, String fields) throws Exception {
        Wire.Reply reply = ask(line, fields);
        String what = line + " " + fields + "\n" + reply.everything();
        boolean health = reply.status() == 200 && reply.body().length <= UP.length();
        if (health) {
            assertTrue(reply.text().isEmpty() || reply.text().equals(UP), what);
            assertTrue(line.contains("ealth"), what);
        } else {
            assertTrue(reply.status() >= 400 && reply.status() < 600, what);
            assertFalse(reply.status() == 429, what);
            assertFalse(reply.field("content-type").orElse("").contains("problem"), what);
        }
        assertFalse(reply.field("x-frame-options").isPresent(), what);
        assertFalse(reply.field("www-authenticate").orElse("").contains("admin"), what);
    }

    /** As an admin, whose token is good on the other port. */
    private static Wire.Reply ask(String line, String fields) throws Exception {
        String host = fields.contains("Host: ") ? "" : "Host: a\r\n";
        try (Wire wire = Wire.to(fixture.server.proxyPort())) {
            wire.raw(
                    line
                            + " HTTP/1.1\r\n"
                            + host
                            + fields
                            + "Authorization: Bearer "
                            + adminToken
                            + "\r\nConnection: close\r\n\r\n");
            return wire.read();
        }
    }
}
