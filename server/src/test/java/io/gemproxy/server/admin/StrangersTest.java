package io.gemproxy.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.http1.Http1ClientResponse;
import io.helidon.webserver.testing.junit5.DirectClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers without a valid token, in numbers, and everybody while the audit log is blocked. */
@ResourceLock("metrics")
final class StrangersTest {
    private static final String REFRESH = "{\"refresh_token\":\"gpr_x.y\"}";

    private final AdminFixture admin = new AdminFixture();
    private final DirectClient client = new DirectClient(admin.routing());

    @AfterEach
    void close() {
        admin.close();
    }

    private int post(String path, String token, String body) {
        try (Http1ClientResponse answer = answer(path, token, body)) {
            Emissions.OF_THIS_RUN.emitted("the head of " + path, answer.headers().toString());
            return answer.status().code();
        }
    }

    private Http1ClientResponse answer(String path, String token, String body) {
        return client.method(Method.POST)
                .uri("http://localhost" + path)
                .header(HeaderNames.AUTHORIZATION, "Bearer " + token)
                .submit(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/tokens", "/auth/refresh", "/api/keys/primary/disable"})
    void areRefusedUnseenAfterSoManyAMinute(String path) {
        for (int i = 0; i < VainCalls.MOST; i++) {
            assertEquals(401, post(path, "wrong", REFRESH));
        }
        int recorded = admin.audited.size();
        assertEquals(VainCalls.MOST, recorded);
        try (Http1ClientResponse answer = answer(path, "wrong", REFRESH)) {
            assertEquals(429, answer.status().code());
            assertEquals("60", answer.headers().get(HeaderNames.RETRY_AFTER).get());
            assertTrue(answer.as(String.class).contains("too_many_failures"));
        }
        assertEquals(recorded, admin.audited.size());
        admin.nanos.addAndGet(Duration.ofSeconds(60).toNanos());
        assertEquals(401, post(path, "wrong", REFRESH));
    }

    @Test
    void clientTokensOpenNothingAndCountAsWell() {
        for (int i = 0; i < VainCalls.MOST; i++) {
            assertEquals(403, post("/api/tokens", AdminFixture.CLIENT_TOKEN, "{}"));
        }
        assertEquals(429, post("/api/tokens", AdminFixture.CLIENT_TOKEN, "{}"));
    }

    @Test
    void doNotLockOutWhoHasAToken() {
        for (int i = 0; i < 2 * VainCalls.MOST; i++) {
            post("/api/tokens", "wrong", "{}");
        }
        assertEquals(200, post("/api/tokens", AdminFixture.ADMIN_TOKEN, "{\"subject\":\"a\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/tokens", "/auth/login", "/auth/refresh"})
    void whileTheAuditLogIsBlockedNobodyGetsACredential(String path) {
        admin.auditing = false;
        String body = path.equals("/api/tokens") ? "{\"subject\":\"a\"}" : REFRESH;
        try (Http1ClientResponse answer = answer(path, AdminFixture.ADMIN_TOKEN, body)) {
            assertEquals(503, answer.status().code());
            assertEquals(
                    "application/problem+json",
                    answer.headers().get(HeaderNames.CONTENT_TYPE).get());
            assertTrue(answer.as(String.class).contains("audit_unavailable"));
        }
        String order = "{\"subject\":\"a\"}";
        assertEquals(
                200, post("/api/tokens/revoke", AdminFixture.ADMIN_TOKEN, order), "takes away");
        admin.auditing = true;
        assertEquals(
                path.equals("/api/tokens") ? 200 : 400,
                post(path, AdminFixture.ADMIN_TOKEN, path.equals("/auth/refresh") ? "{}" : body));
    }
}
