package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.listener.certificates.acme.DnsStub;
import io.gemproxy.server.listener.certificates.acme.Pebble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole server gets its certificate from a real authority, and serves all the while. */
final class AcmeServerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"http-01", "tls-alpn-01", "dns-01"})
    void issuesAndRenewsByEachChallenge(String challenge) throws Exception {
        int port80 = Pebble.freePort();
        int port443 = Pebble.freePort();
        Path records = Files.createDirectories(directory.resolve("dns"));
        try (DnsStub dns = DnsStub.start(records);
                Pebble pebble =
                        Pebble.start(
                                directory.resolve("pebble"),
                                dns,
                                new Pebble.Wish(port80, port443));
                ServerFixture server =
                        acme(pebble, port80, port443)
                                .set("server.tls.acme.challenge=" + challenge)
                                .set("server.tls.acme.dns_hook=" + hook(records))
                                .start()) {
            JsonNode first =
                    await(server, it -> waits(it) && !it.at("/acme/last_success").isNull());
            X509Certificate before = server.certificate();
            assertServed(server, before);
            assertFalse(first.at("/certificates/0/self_signed").asBoolean());
            assertEquals(pebble.directory().toString(), first.at("/acme/issued_by").asText());

            assertEquals(202, call(server, "POST", "/api/certificates/renew").status());
            String old = first.at("/acme/last_success").asText();
            await(server, it -> waits(it) && !it.at("/acme/last_success").asText().equals(old));
            assertNotEquals(before.getSerialNumber(), server.certificate().getSerialNumber());
            assertServed(server, server.certificate());
            assertEquals(2, events(server, "CertificateObtained"));
        }
    }

    @Test
    void servesWithASelfSignedCertificateWhileTheAuthorityIsDown() throws Exception {
        int nobody = Pebble.freePort();
        try (ServerFixture server =
                ServerFixture.with()
                        .tls()
                        .set("server.tls.http_redirect.enabled=false")
                        .set("server.tls.acme.enabled=true")
                        .set("server.tls.acme.domains=proxy.example.com")
                        .set("server.tls.acme.directory_url=https://127.0.0.1:" + nobody + "/dir")
                        .start()) {
            assertServed(server, server.certificate());
            // the failure is told a moment before the order is over
            JsonNode now = await(server, it -> it.at("/acme/state").asText().equals("retrying"));
            assertEquals(1, now.at("/acme/failures").asInt());
            assertEquals("unreachable", now.at("/acme/last_failure/kind").asText());
            assertTrue(now.at("/certificates/0/self_signed").asBoolean());
            assertServed(server, server.certificate());
            assertEquals(1, events(server, "CertificateFailed"));
        }
    }

    private FixtureBuilder acme(Pebble pebble, int port80, int port443) {
        return ServerFixture.with()
                .tls()
                .set("server.port=" + port443)
                .set("server.tls.http_redirect.enabled=true")
                .set("server.tls.http_redirect.port=" + port80)
                .set("server.tls.acme.enabled=true")
                .set("server.tls.acme.domains=proxy.example.com, www.example.com")
                .set("server.tls.acme.directory_url=" + pebble.directory())
                .set("server.tls.acme.ca_file=" + pebble.caFile());
    }

    private Path hook(Path records) throws IOException {
        Path hook = directory.resolve("hook");
        Files.writeString(
                hook,
                """
                #!/bin/sh
                case $1 in
                  present) printf %%s "$4" > '%1$s'/"$3" ;;
                  cleanup) rm '%1$s'/"$3" ;;
                esac
                """
                        .formatted(records));
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwx------"));
        return hook;
    }

    private static void assertServed(ServerFixture server, X509Certificate certificate)
            throws IOException {
        try (Wire wire =
                Wire.overTls("proxy.example.com", server.server.proxyPort(), certificate)) {
            wire.send("GET", "/health", List.of(), new byte[0]);
            assertEquals(200, wire.read().status());
        }
    }

    private static boolean waits(JsonNode all) {
        return all.at("/acme/state").asText().equals("waiting");
    }

    private static JsonNode await(ServerFixture server, Predicate<JsonNode> there)
            throws IOException {
        Instant deadline = Instant.now().plus(PATIENCE);
        JsonNode seen = JSON.readTree(call(server, "GET", "/api/certificates").text());
        while (!there.test(seen)) {
            assertTrue(Instant.now().isBefore(deadline), seen.toPrettyString());
            LockSupport.parkNanos(20_000_000);
            seen = JSON.readTree(call(server, "GET", "/api/certificates").text());
        }
        return seen;
    }

    private static Wire.Reply call(ServerFixture server, String method, String path)
            throws IOException {
        String token =
                ServerFixture.token(TokenGrant.of("operator", Duration.ofHours(1), Role.ADMIN));
        try (Wire wire = Wire.to(server.server.adminPort())) {
            wire.send(method, path, List.of("Authorization: Bearer " + token), new byte[0]);
            return wire.read();
        }
    }

    private static long events(ServerFixture server, String type) throws Exception {
        assertTrue(server.server.flushAudit(PATIENCE));
        try (var lines = Files.lines(server.directory.resolve("audit.log"))) {
            return lines.filter(line -> line.contains("\"event_type\":\"" + type + "\"")).count();
        }
    }
}
