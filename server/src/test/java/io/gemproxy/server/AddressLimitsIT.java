package io.gemproxy.server;

import static io.gemproxy.server.LimitsIT.HELLO;
import static io.gemproxy.server.LimitsIT.UNARY;
import static io.gemproxy.server.LimitsIT.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Limits on addresses, and on all clients together, through the whole server. */
final class AddressLimitsIT {
    @Test
    void wrongCredentialsOfAnAddressEndInARefusalBeforeAnyVerification() throws Exception {
        try (ServerFixture server =
                ServerFixture.with().set("limits.address.auth_failures_per_minute=3").start()) {
            for (int i = 0; i < 3; i++) {
                assertEquals(401, call(server, "wrong-" + i, HELLO).status());
            }
            Wire.Reply refused = call(server, server.token(), HELLO);
            assertEquals(429, refused.status());
            assertTrue(refused.text().contains("ADDRESS_AUTH_FAILURES"), refused::text);
            assertEquals("address-failures", server.auditOf(refused).path("policy").asText());
            server.advance(Duration.ofSeconds(61));
            assertEquals(200, call(server, server.token(), HELLO).status());
        }
    }

    @Test
    void theClientBehindATrustedProxyIsLimitedAndRecordedByItsOwnAddress() throws Exception {
        try (ServerFixture server =
                ServerFixture.with()
                        .set("server.trusted_proxies=127.0.0.0/8")
                        .set("limits.address.requests_per_minute=1")
                        .start()) {
            Wire.Reply one = call(server, server.token(), HELLO, "X-Forwarded-For: 192.0.2.1");
            assertEquals(200, one.status());
            assertEquals("192.0.2.1", server.auditOf(one).path("source_ip").asText());
            String spoofed = "X-Forwarded-For: 203.0.113.5, 192.0.2.1";
            assertEquals(429, call(server, server.token(), HELLO, spoofed).status());
            assertEquals(
                    200,
                    call(server, server.token(), HELLO, "X-Forwarded-For: 192.0.2.2").status());
        }
    }

    @Test
    void withoutTrustedProxiesASpoofedAddressChangesNothing() throws Exception {
        try (ServerFixture server =
                ServerFixture.with().set("limits.address.requests_per_minute=1").start()) {
            assertEquals(
                    200,
                    call(server, server.token(), HELLO, "X-Forwarded-For: 192.0.2.1").status());
            Wire.Reply second = call(server, server.token(), HELLO, "X-Forwarded-For: 192.0.2.2");
            assertEquals(429, second.status());
            assertEquals("127.0.0.1", server.auditOf(second).path("source_ip").asText());
        }
    }

    @Test
    void allClientsTogetherAreLimitedAndThoseWithoutCredentialUseNoneOfIt() throws Exception {
        try (ServerFixture server =
                ServerFixture.with().set("limits.global.requests_per_minute=2").start()) {
            for (int i = 0; i < 5; i++) {
                assertEquals(401, call(server, "nobody", HELLO).status());
            }
            assertEquals(200, call(server, server.token(), HELLO).status());
            assertEquals(200, call(server, ServerFixture.token("other"), HELLO).status());
            Wire.Reply refused = call(server, server.token(), HELLO);
            assertEquals(429, refused.status());
            assertTrue(refused.text().contains("GLOBAL_RATE_LIMIT"), refused::text);
        }
    }

    @Test
    void anAddressHasOnlySoManyConnections() throws Exception {
        try (ServerFixture server =
                ServerFixture.with().set("server.max_connections_per_address=2").start()) {
            List<String> fields = List.of("x-goog-api-key: " + server.token());
            byte[] hello = HELLO.getBytes(StandardCharsets.UTF_8);
            try (Wire one = server.connect();
                    Wire two = server.connect()) {
                one.send("POST", UNARY, fields, hello);
                assertEquals(200, one.read().status());
                two.send("POST", UNARY, fields, hello);
                assertEquals(200, two.read().status());
                // it says nothing: a write would race with the server's close
                try (Wire third = server.connect()) {
                    assertEquals(-1, third.next());
                }
            }
        }
    }
}
