package io.gemproxy.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.http1.Http1ClientResponse;
import io.helidon.webserver.testing.junit5.DirectClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("metrics")
class OperationEndpointsTest {
    private final AdminFixture admin = new AdminFixture();
    private final DirectClient client = new DirectClient(admin.routing());

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void drainingMakesReadinessRedSaysHowLongItMayTakeAndThenBegins() throws Exception {
        JsonNode drain = ask("POST", "/api/drain", 200);

        assertTrue(drain.path("draining").asBoolean());
        assertEquals(30, drain.path("grace_seconds").asInt());
        assertEquals(7, drain.path("connections").asInt());
        assertEquals(2, drain.path("streams").asInt());
        assertTrue(admin.stopped.await(10, TimeUnit.SECONDS));
        assertEquals("server.drain", admin.audited.getLast().action());
        ask("GET", "/health/ready", 503);
        ask("POST", "/api/drain", 200);
    }

    @Test
    void whoMayNotDrainDrainsNothing() {
        try (Http1ClientResponse refused = client.post("http://localhost/api/drain").submit("")) {
            assertEquals(401, refused.status().code());
        }
        assertEquals(1, admin.stopped.getCount());
        assertFalse(admin.draining);
    }

    @Test
    void certificatesAreListedAndTakenFromTheirFilesAgain() throws IOException {
        JsonNode before = ask("GET", "/api/certificates", 200).at("/certificates/0");
        assertEquals("AA:01", before.path("sha256").asText());
        assertEquals("2027-02-19T09:00:00.123Z", before.path("not_after").asText());

        assertFalse(ask("POST", "/api/certificates/renew", 200).path("changed").asBoolean());
        admin.certificates.exchange();
        JsonNode renewed = ask("POST", "/api/certificates/renew", 200);

        assertTrue(renewed.path("changed").asBoolean());
        assertEquals("BB:02", renewed.at("/certificates/0/sha256").asText());
    }

    @Test
    void filesThatCannotBeServedAreAConflictThatSaysWhy() throws IOException {
        admin.certificates.spoilt = true;
        JsonNode refused = ask("POST", "/api/certificates/renew", 409);
        assertTrue(refused.path("detail").asText().contains("no certificate in it"));

        admin.certificates.tls = false;
        assertEquals(0, ask("GET", "/api/certificates", 200).path("certificates").size());
        refused = ask("POST", "/api/certificates/renew", 409);
        assertTrue(refused.path("detail").asText().contains("TLS is off"));
    }

    @Test
    void aCertificateIsOrderedBesideEverythingElse() throws IOException {
        assertTrue(ask("GET", "/api/certificates", 200).path("acme").isNull());

        admin.certificates.acme = Optional.of(new OrderWish.Begun());
        admin.certificates.spoilt = true;
        JsonNode begun = ask("POST", "/api/certificates/renew", 202);
        assertEquals("unreachable", begun.at("/acme/last_failure/kind").asText());
        assertEquals("retrying", ask("GET", "/api/certificates", 200).at("/acme/state").asText());

        admin.certificates.acme = Optional.of(new OrderWish.UnderWay());
        ask("POST", "/api/certificates/renew", 409);
        admin.certificates.acme =
                Optional.of(new OrderWish.Held(AdminFixture.NOW.plus(Duration.ofMinutes(7))));
        JsonNode held = ask("POST", "/api/certificates/renew", 429);
        assertTrue(held.path("detail").asText().contains("five times in an hour"));
    }

    private JsonNode ask(String method, String path, int status) throws IOException {
        try (Http1ClientResponse response =
                client.method(Method.create(method))
                        .uri("http://localhost" + path)
                        .header(HeaderNames.AUTHORIZATION, "Bearer " + AdminFixture.ADMIN_TOKEN)
                        .request()) {
            String body = response.as(String.class);
            Emissions.OF_THIS_RUN.emitted("the answer of " + path, response.headers() + body);
            assertEquals(status, response.status().code(), body);
            return new ObjectMapper().readTree(body);
        }
    }
}
