package io.gemproxy.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.audit.AuditEvent;
import io.gemproxy.server.exchange.Result;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.http1.Http1ClientResponse;
import io.helidon.webserver.testing.junit5.DirectClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock("metrics")
final class LoginEndpointsTest {
    private static final String RIGHT = "{\"password\":\"" + FakeSessionDesk.PASSWORD + "\"}";
    private static final String WRONG = "{\"password\":\"not-this-one\"}";
    private static final String OWN = "http://localhost";

    private final AdminFixture admin = new AdminFixture();
    private final DirectClient client = new DirectClient(admin.routing());

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void theRightPasswordOpensTheApi() throws IOException {
        Answer login = ask("POST /auth/login", RIGHT);

        assertEquals(200, login.status());
        assertEquals("admin", login.body().path("role").asText());
        Answer sessions = ask("GET /api/sessions", "", bearer(login));
        assertEquals(1, sessions.body().path("sessions").size());
        assertTrue(sessions.body().path("sessions").path(0).path("current").asBoolean());
        assertEquals("auth.login SUCCESS", lastLogin());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"password\":7}",
                "{\"password\":\"\"}",
                "{\"password\":\"a\",\"password\":\"b\"}",
                "{\"password\":\"a\",\"user\":\"root\"}",
                "{\"password\":\"a\",\"cookie\":\"yes\"}"
            })
    void aBodyThatIsNoLoginIsNoTry(String body) throws IOException {
        assertEquals(400, ask("POST /auth/login", body).status());
        assertTrue(logins().isEmpty());
    }

    @Test
    void afterVainTriesTheRightPasswordIsNoBetterThanAWrongOne() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertEquals(401, ask("POST /auth/login", WRONG).status());
        }
        Answer wrong = ask("POST /auth/login", WRONG);
        Answer right = ask("POST /auth/login", RIGHT);
        assertEquals(429, wrong.status());
        assertEquals(429, right.status());
        assertEquals(wrong.body().path("detail"), right.body().path("detail"));
        assertEquals(Optional.of("900"), right.header("Retry-After"));
        assertEquals(
                List.of("FAILURE none", "FAILURE none", "FAILURE address", "DENIED null"),
                logins().stream()
                        .map(it -> it.result() + " " + it.details().get("locked_out"))
                        .toList());

        admin.nanos.addAndGet(Duration.ofMinutes(15).toNanos());
        assertEquals(200, ask("POST /auth/login", RIGHT).status());
    }

    @Test
    void noRecordHoldsAPasswordOrAToken() throws IOException {
        ask("POST /auth/login", WRONG);
        Answer login = ask("POST /auth/login", RIGHT);
        ask("POST /auth/refresh", refresh(login));
        ask("POST /auth/refresh", refresh(login));
        String all = admin.audited.toString();
        assertFalse(all.contains("not-this-one"));
        assertFalse(all.contains(FakeSessionDesk.PASSWORD));
        assertFalse(all.contains(login.body().path("token").asText()));
        assertFalse(all.contains(login.body().path("refresh_token").asText()));
        assertEquals("auth.refresh FAILURE", lastLogin());
        assertEquals("refresh_token_reused", logins().getLast().details().get("reason"));
    }

    @Test
    void aRefreshGivesAnotherTokenAndEndsTheFirst() throws IOException {
        Answer login = ask("POST /auth/login", RIGHT);
        Answer next = ask("POST /auth/refresh", refresh(login));

        assertEquals(200, next.status());
        assertEquals(401, ask("GET /api/sessions", "", bearer(login)).status());
        assertEquals(200, ask("GET /api/sessions", "", bearer(next)).status());
        assertEquals(401, ask("POST /auth/refresh", "{\"refresh_token\":\"gpr_x.y\"}").status());
    }

    @Test
    void logoutEndsTheCallersSessionOnly() throws IOException {
        Answer mine = ask("POST /auth/login", RIGHT);
        Answer other = ask("POST /auth/login", RIGHT);

        assertEquals(200, ask("POST /auth/logout", "", bearer(mine)).status());
        assertEquals(401, ask("GET /api/sessions", "", bearer(mine)).status());
        assertEquals(401, ask("POST /auth/refresh", refresh(mine)).status());
        assertEquals(200, ask("GET /api/sessions", "", bearer(other)).status());
        assertEquals(409, ask("POST /auth/logout", "", minted()).status());
        assertEquals(401, ask("POST /auth/logout", "").status());
    }

    @Test
    void sessionsAreEndedByIdOrAllAtOnce() throws IOException {
        Answer first = ask("POST /auth/login", RIGHT);
        ask("POST /auth/login", RIGHT);
        String path = "/api/sessions/" + first.body().path("session").path("id").asText();

        assertEquals(200, ask("GET " + path, "", minted()).status());
        assertEquals(1, ask("DELETE " + path, "", minted()).body().path("ended").asInt());
        assertEquals(404, ask("DELETE " + path, "", minted()).status());
        assertEquals(404, ask("GET " + path, "", minted()).status());
        assertEquals(401, ask("GET /api/sessions", "", bearer(first)).status());
        assertEquals(1, ask("DELETE /api/sessions", "", minted()).body().path("ended").asInt());
        assertEquals(401, ask("DELETE /api/sessions", "").status());
    }

    @Test
    void aDiskThatFailsOpensNothingAndIsTold() throws IOException {
        Answer login = ask("POST /auth/login", RIGHT);
        admin.people.diskFails = true;
        assertEquals(503, ask("POST /auth/login", RIGHT).status());
        assertEquals(503, ask("POST /auth/refresh", refresh(login)).status());
        assertEquals(503, ask("POST /auth/logout", "", bearer(login)).status());
        assertEquals(401, ask("GET /api/sessions", "", bearer(login)).status());
    }

    @Test
    void aCookieIsOutOfReachOfScriptsAndOtherSites() throws IOException {
        Answer login =
                ask("POST /auth/login", RIGHT.replace("}", ",\"cookie\":true}"), "Origin: " + OWN);

        String cookie = login.header("Set-Cookie").orElseThrow();
        assertTrue(cookie.startsWith("__Host-gemproxy="), cookie);
        assertTrue(cookie.endsWith("; Path=/; HttpOnly; Secure; SameSite=Strict"), cookie);
        assertTrue(login.body().path("token").isNull());
        String sent = "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
        assertEquals(200, ask("GET /api/sessions", "", sent).status());
        assertEquals(403, ask("POST /auth/logout", "", sent).status());
        assertEquals(403, ask("POST /auth/logout", "", sent, "Origin: " + OWN).status());
        assertEquals(403, ask("POST /auth/logout", "", sent, "X-Gemproxy-Request: 1").status());
        Answer out = ask("POST /auth/logout", "", sent, "Origin: " + OWN, "X-Gemproxy-Request: 1");
        assertEquals(200, out.status());
        assertTrue(out.header("Set-Cookie").orElseThrow().contains("Max-Age=0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: null",
                "Origin: https://evil.example",
                "Origin: http://localhost.evil.example",
                "Origin: http://localhost:81",
                "Origin: file://localhost",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site"
            })
    void whatAnotherSitesPageSendsIsRefusedAndChangesNothing(String field) throws IOException {
        assertEquals(403, ask("POST /auth/login", RIGHT, field).status());
        assertTrue(admin.people.desk().sessions().list().isEmpty());
        assertEquals(403, ask("DELETE /api/sessions", "", minted(), field).status());
        assertEquals(403, ask("POST /api/keys/primary/disable", "", minted(), field).status());
        assertTrue(admin.audited.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override: DELETE", "X-HTTP-Method: DELETE"})
    void noHeaderMakesAMethodAnother(String field) throws IOException {
        ask("POST /auth/login", RIGHT);
        assertEquals(405, ask("POST /api/sessions", "", minted(), field).status());
        assertEquals(1, admin.people.desk().sessions().list().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /health", "GET /nowhere", "POST /auth/login", "PUT /health"})
    void everyAnswerHasTheSecurityHeaders(String what) throws IOException {
        Answer answer = ask(what, "");
        for (var header : SecurityHeaders.ALL.entrySet()) {
            assertEquals(Optional.of(header.getValue()), answer.header(header.getKey()));
        }
        assertTrue(answer.header("X-Request-Id").isPresent());
    }

    private List<AuditEvent> logins() {
        return admin.audited.stream()
                .filter(event -> event.type() == AuditEvent.Type.ADMIN_LOGIN)
                .toList();
    }

    private String lastLogin() {
        AuditEvent last = logins().getLast();
        Result result = last.result();
        return last.action() + " " + result.name();
    }

    private static String bearer(Answer login) {
        return "Authorization: Bearer " + login.body().path("token").asText();
    }

    private static String minted() {
        return "Authorization: Bearer " + AdminFixture.ADMIN_TOKEN;
    }

    private static String refresh(Answer login) {
        return "{\"refresh_token\":\"" + login.body().path("refresh_token").asText() + "\"}";
    }

    private Answer ask(String what, String body, String... fields) throws IOException {
        String[] line = what.split(" ", 2);
        Http1ClientRequest request = client.method(Method.create(line[0])).uri(OWN + line[1]);
        for (String field : fields) {
            String[] parts = field.split(": ", 2);
            request.header(HeaderNames.create(parts[0]), parts[1]);
        }
        try (Http1ClientResponse response = request.submit(body)) {
            String text = response.as(String.class);
            Emissions.OF_THIS_RUN.emitted("an answer of the admin port", text);
            return new Answer(
                    response.status().code(),
                    text.isEmpty()
                            ? new ObjectMapper().createObjectNode()
                            : new ObjectMapper().readTree(text),
                    response);
        }
    }

    /** Status, body and headers. */
    private record Answer(int status, JsonNode body, Http1ClientResponse response) {
        Optional<String> header(String name) {
            return response.headers().first(HeaderNames.create(name));
        }
    }
}
