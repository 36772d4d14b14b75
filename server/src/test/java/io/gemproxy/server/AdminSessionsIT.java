package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Login, use, end: over the wire. */
final class AdminSessionsIT {
    private static final String PASSWORD =
            Emissions.OF_THIS_RUN.secret("the admin password", "e2e-Pa55-w0rd-4cHq9Zs2LpYf");

    @Test
    void aSessionOpensTheAdminApiAndNothingElseUntilItEnds() throws Exception {
        try (ServerFixture all =
                ServerFixture.with().set("auth.admin_password=" + PASSWORD).start()) {
            JsonNode login = ServerFixture.json(login(all, PASSWORD));
            String bearer = "Authorization: Bearer " + login.path("token").asText();
            String id = login.path("session").path("id").asText();
            assertEquals(200, ask(all, "GET /api/sessions", "", bearer).status());
            assertEquals(401, models(all, bearer).status());

            assertEquals(200, all.act("DELETE /api/sessions/" + id, "").status());

            assertEquals(401, ask(all, "GET /api/sessions", "", bearer).status());
            String refresh = "{\"refresh_token\":\"" + login.path("refresh_token").asText() + "\"}";
            assertEquals(401, ask(all, "POST /auth/refresh", refresh).status());
            assertEquals(List.of("auth.login Success", "auth.refresh Failure"), adminLogins(all));
        }
    }

    @Test
    void aLockoutLeavesSessionsAndTokensAlone() throws Exception {
        try (ServerFixture all =
                ServerFixture.with()
                        .set("auth.admin_password=" + PASSWORD)
                        .set("admin.max_login_attempts=2")
                        .start()) {
            JsonNode login = ServerFixture.json(login(all, PASSWORD));
            assertEquals(401, login(all, "wrong").status());
            assertEquals(401, login(all, "wrong").status());
            assertEquals(429, login(all, PASSWORD).status());
            String bearer = "Authorization: Bearer " + login.path("token").asText();
            assertEquals(200, ask(all, "GET /api/sessions", "", bearer).status());
            assertEquals(200, all.act("GET /api/sessions", "").status());
            assertFalse(all.auditText().contains(PASSWORD));
        }
    }

    @Test
    void withoutAPasswordNobodyLogsIn() throws Exception {
        try (ServerFixture all = ServerFixture.usual()) {
            assertEquals(401, login(all, PASSWORD).status());
            assertEquals(List.of("auth.login Failure"), adminLogins(all));
        }
    }

    private static List<String> adminLogins(ServerFixture all) throws Exception {
        List<String> found = new ArrayList<>();
        for (JsonNode line : all.audit()) {
            if (line.path("event_type").asText().equals("AdminLogin")) {
                found.add(line.path("action").asText() + " " + line.path("result").asText());
                assertTrue(line.hasNonNull("source_ip"), line.toString());
            }
        }
        return found;
    }

    private static Wire.Reply login(ServerFixture all, String password) throws IOException {
        return ask(all, "POST /auth/login", "{\"password\":\"" + password + "\"}");
    }

    private static Wire.Reply models(ServerFixture all, String bearer) throws IOException {
        return all.bare("GET", "/v1beta/models", new byte[0], List.of(bearer));
    }

    private static Wire.Reply ask(ServerFixture all, String what, String body, String... fields)
            throws IOException {
        String[] line = what.split(" ", 2);
        try (Wire wire = Wire.to(all.server.adminPort())) {
            wire.send(line[0], line[1], List.of(fields), body.getBytes(StandardCharsets.UTF_8));
            return wire.read();
        }
    }
}
