package io.gemproxy.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.exchange.Result;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.http1.Http1ClientResponse;
import io.helidon.webserver.testing.junit5.DirectClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What the admin port says about the configuration, and to those who change it. */
@ResourceLock("metrics")
class ConfigEndpointsTest {
    private static final String SEEN = IfMatch.tag(FakeConfigDesk.FIRST);

    private static final Set<String> WRITES =
            Set.of("config.put", "config.rollback", "key.add", "key.change", "key.remove");

    /** These read the files, or change what is in no file. */
    private static final Set<String> NO_WRITES =
            Set.of("config.reload", "key.enable", "key.disable", "key.test");

    private final AdminFixture admin = new AdminFixture();
    private final DirectClient client = new DirectClient(admin.routing());

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void whatIsReadCarriesTheTagThatAChangeNames() {
        Answer read = send(Method.GET, "/api/config", "", "");
        assertEquals(8443, read.json().at("/server/port").asInt());
        assertEquals(SEEN, read.tag());
        assertEquals(SEEN, send(Method.GET, "/api/keys", "", "").tag());
        assertEquals(SEEN, send(Method.GET, "/api/keys/second", "", "").tag());

        Answer put = send(Method.PUT, "/api/config?reason=because", SEEN, "{}");

        assertEquals(200, put.status());
        assertEquals(FakeConfigDesk.NEXT, put.json().path("version").asText());
        assertEquals(IfMatch.tag(FakeConfigDesk.NEXT), put.tag());
        assertEquals(List.of("put {} root because"), admin.config.done);
        assertEquals(
                Map.of("status", "200", "version", FakeConfigDesk.NEXT),
                admin.audited.getFirst().details());
    }

    /** Each route that writes, by what it says to an If-Match that is old and to none. */
    @Test
    void everyRouteThatWritesTheConfigurationRefusesAnOldTag() {
        Map<String, Integer> withoutCondition =
                Map.of(
                        "PUT /api/config", 428,
                        "PATCH /api/keys/{id}", 428,
                        "DELETE /api/keys/{id}", 428,
                        "POST /api/keys", 201,
                        "POST /api/config/history/{version}/rollback", 200);
        Set<String> seen = new TreeSet<>();
        for (Endpoint endpoint : new Endpoints(admin.sources()).all()) {
            String action = endpoint.action().orElse("");
            if (!WRITES.contains(action)) {
                assertFalse(
                        action.startsWith("config.") && !NO_WRITES.contains(action),
                        action + " is in neither list");
                assertFalse(
                        action.startsWith("key.") && !NO_WRITES.contains(action),
                        action + " is in neither list");
                continue;
            }
            String route = endpoint.verb() + " " + endpoint.path();
            seen.add(route);
            Method method = Method.create(endpoint.verb().name());
            String path =
                    endpoint.path()
                            .replace("{id}", "second")
                            .replace("{version}", FakeConfigDesk.FIRST);
            Answer late = send(method, path, "\"other\"", "{}");
            assertEquals(412, late.status(), route);
            assertEquals(SEEN, late.tag(), route);
            assertEquals(withoutCondition.get(route), send(method, path, "", "{}").status(), route);
        }
        assertEquals(new TreeSet<>(withoutCondition.keySet()), seen);
    }

    @Test
    void whatTheDiskWouldNotTakeIsToldWithTheHistory() {
        JsonNode history = send(Method.GET, "/api/config/history", "", "").json();
        assertEquals(1, history.path("versions").size());
        assertEquals(FakeConfigDesk.NEXT, history.at("/lost/0/version").asText());
    }

    @Test
    void aChangeWithoutAConditionIs428AndOneThatComesLateIs412() {
        for (String path :
                List.of("PUT /api/config", "PATCH /api/keys/second", "DELETE /api/keys/second")) {
            String[] line = path.split(" ", 2);
            Method method = Method.create(line[0]);
            Answer without = send(method, line[1], "", "{}");
            assertEquals(428, without.status(), path);
            assertEquals("urn:gemproxy:problem:precondition_required", without.type(), path);
            for (String stale : List.of("\"other\"", "W/" + SEEN, FakeConfigDesk.FIRST)) {
                Answer late = send(method, line[1], stale, "{}");
                assertEquals(412, late.status(), path + " " + stale);
                assertEquals("urn:gemproxy:problem:stale", late.type());
                assertEquals(SEEN, late.tag());
                assertTrue(late.json().path("detail").asText().contains(FakeConfigDesk.FIRST));
            }
            assertEquals(200, send(method, line[1], "\"other\", " + SEEN, "{}").status(), path);
            assertEquals(200, send(method, line[1], "*", "{}").status(), path);
        }
    }

    @Test
    void whatNobodyCouldRunWithIsToldWithItsFindings() {
        admin.config.refusal =
                Optional.of(
                        new ConfigOutcome.Invalid(
                                List.of(Map.of("code", "GPX1005", "key", "server.port"))));
        Answer invalid = send(Method.PUT, "/api/config", SEEN, "{}");
        assertEquals(422, invalid.status());
        assertEquals("application/problem+json", invalid.contentType());
        assertEquals("server.port", invalid.json().at("/findings/0/key").asText());
        assertFalse(invalid.json().path("request_id").asText().isEmpty());
        assertEquals(Result.FAILURE, admin.audited.getFirst().result());
    }

    @Test
    void eachReasonNotToDoItHasItsStatus() {
        Map<ConfigOutcome.Why, Integer> statuses =
                Map.of(
                        ConfigOutcome.Why.FORBIDDEN, 403,
                        ConfigOutcome.Why.MISSING, 404,
                        ConfigOutcome.Why.CONFLICT, 409,
                        ConfigOutcome.Why.MALFORMED, 400,
                        ConfigOutcome.Why.PARTLY, 500,
                        ConfigOutcome.Why.UNSAVED, 503);
        for (ConfigOutcome.Why why : ConfigOutcome.Why.values()) {
            admin.config.refusal = Optional.of(new ConfigOutcome.Refused(why, "for a reason"));
            Answer refused = send(Method.POST, "/api/config/history/x/rollback", "", "");
            assertEquals(statuses.get(why), refused.status(), why.name());
            assertEquals("for a reason", refused.json().path("detail").asText());
        }
        admin.config.broken = true;
        assertEquals(503, send(Method.GET, "/api/config", "", "").status());
        assertEquals(200, send(Method.GET, "/api/keys", "", "").status());
    }

    @Test
    void nothingIsConfiguredUnseenButAKeyMayBeRemoved() {
        admin.auditing = false;
        assertEquals(503, send(Method.PUT, "/api/config", SEEN, "{}").status());
        assertEquals(503, send(Method.POST, "/api/keys", "", "{\"id\":\"third\"}").status());
        assertEquals(503, send(Method.PATCH, "/api/keys/second", SEEN, "{}").status());
        assertEquals(503, send(Method.POST, "/api/config/history/x/rollback", "", "").status());
        assertEquals(List.of(), admin.config.done);
        assertEquals(200, send(Method.GET, "/api/config", "", "").status());
        assertEquals(200, send(Method.DELETE, "/api/keys/second", SEEN, "").status());
    }

    @Test
    void aTextIsJudgedWithoutARecordAndAnEmptyOneIsRefused() {
        Answer judged = send(Method.POST, "/api/config/validate", "", "server: {}");
        assertEquals(200, judged.status());
        assertFalse(judged.json().path("valid").asBoolean());
        assertEquals(70, judged.json().path("score").asInt());
        assertEquals("server.port", judged.json().at("/changes/0/setting").asText());
        assertTrue(judged.json().at("/changes/0/after").isNull());
        assertEquals(400, send(Method.POST, "/api/config/validate", "", "").status());
        assertTrue(admin.audited.isEmpty());
    }

    @Test
    void theHistoryIsListedAndOneVersionShown() {
        Answer all = send(Method.GET, "/api/config/history", "", "");
        assertEquals(FakeConfigDesk.FIRST, all.json().at("/versions/0/version").asText());
        Answer one = send(Method.GET, "/api/config/history/" + FakeConfigDesk.FIRST, "", "");
        assertEquals(8443, one.json().at("/values/server/port").asInt());
        assertEquals(404, send(Method.GET, "/api/config/history/none", "", "").status());
    }

    @Test
    void whatRunsIsToldWithoutATagThatAChangeCouldName() {
        Answer running = send(Method.GET, "/api/config/running", "", "");
        assertEquals(200, running.status());
        assertEquals("", running.tag());
        assertEquals(8443, running.json().at("/values/server/port").asInt());
        assertEquals("differs", running.json().at("/on_disk/state").asText());
        assertEquals("limits", running.json().at("/not_taken_over/0").asText());
        admin.config.broken = true;
        assertEquals(503, send(Method.GET, "/api/config/running", "", "").status());
    }

    @Test
    void aVersionIsComparedWithWhatRunsUnlessAnotherIsNamed() {
        String diff = "/api/config/history/" + FakeConfigDesk.FIRST + "/diff";
        for (String against : List.of("running", "file", FakeConfigDesk.FIRST)) {
            Answer named = send(Method.GET, diff + "?against=" + against, "", "");
            assertEquals(200, named.status());
            assertEquals(against, named.json().path("against").asText());
            assertEquals("restart", named.json().at("/changes/0/takes_effect").asText());
        }
        Answer usual = send(Method.GET, diff, "", "");
        assertEquals("running", usual.json().path("against").asText());
        for (String missing :
                List.of(
                        "/api/config/history/none/diff",
                        diff + "?against=none",
                        "/api/config/diff?against=none")) {
            Answer none = send(Method.GET, missing, "", "");
            assertEquals(404, none.status(), missing);
            assertEquals("urn:gemproxy:problem:not_found", none.type(), missing);
        }
    }

    @Test
    void aRollbackNamesTheFilesThatCameBackAndThoseThatDidNot() {
        Answer back = send(Method.POST, "/api/config/history/x/rollback", "", "");
        assertEquals(200, back.status());
        assertEquals(IfMatch.tag(FakeConfigDesk.NEXT), back.tag());
        assertEquals("proxy.yaml", back.json().at("/restored/0").asText());
        assertEquals("prices.yaml", back.json().at("/not_restored/0").asText());
    }

    @Test
    void aKeyIsAddedWhereNoneOfItsNameIs() {
        Answer added = send(Method.POST, "/api/keys", "", "{\"id\":\"third\",\"weight\":3}");
        assertEquals(201, added.status());
        assertEquals("/api/keys/third", added.location());
        assertEquals(List.of("add third root"), admin.config.done);
        assertEquals(400, send(Method.POST, "/api/keys", "", "[]").status());
    }

    @Test
    void takingAKeyOutOfServiceIsNoChangeOfTheConfiguration() {
        Answer changed =
                send(Method.PATCH, "/api/keys/primary", SEEN, "{\"enabled\":false,\"weight\":2}");
        assertEquals(200, changed.status());
        assertEquals(List.of("change primary {\"weight\":2} root"), admin.config.done);
        assertEquals(
                "Disabled",
                send(Method.GET, "/api/keys/primary", "", "").json().path("state").asText());
        assertEquals(
                400, send(Method.PATCH, "/api/keys/primary", SEEN, "{\"enabled\":1}").status());
        assertEquals(404, send(Method.PATCH, "/api/keys/none", SEEN, "{}").status());
    }

    @Test
    void theLastKeyInServiceIsRemovedOnlyByForce() {
        send(Method.POST, "/api/keys/primary/disable", "", "");
        Answer last = send(Method.DELETE, "/api/keys/second", SEEN, "");
        assertEquals(409, last.status());
        assertEquals(List.of(), admin.config.done);
        assertEquals(200, send(Method.DELETE, "/api/keys/second?force=true", SEEN, "").status());
        assertEquals(200, send(Method.DELETE, "/api/keys/primary", SEEN, "").status());
        assertEquals(404, send(Method.DELETE, "/api/keys/none", SEEN, "").status());
    }

    private Answer send(Method method, String path, String condition, String body) {
        String[] parts = path.split("\\?", -1);
        Http1ClientRequest request =
                client.method(method)
                        .uri("http://localhost" + parts[0])
                        .header(HeaderNames.AUTHORIZATION, "Bearer " + AdminFixture.ADMIN_TOKEN);
        if (parts.length > 1) {
            request.queryParam(parts[1].split("=", -1)[0], parts[1].split("=", -1)[1]);
        }
        if (!condition.isEmpty()) {
            request.header(HeaderNames.IF_MATCH, condition);
        }
        try (Http1ClientResponse response = request.submit(body)) {
            String said = response.as(String.class);
            Emissions.OF_THIS_RUN.emitted("the answer of " + path, response.headers() + said);
            return new Answer(
                    response.status().code(),
                    response.headers().first(HeaderNames.CONTENT_TYPE).orElse(""),
                    response.headers().first(HeaderNames.ETAG).orElse(""),
                    response.headers().first(HeaderNames.LOCATION).orElse(""),
                    said);
        }
    }

    /** What came back. */
    private record Answer(
            int status, String contentType, String tag, String location, String body) {
        JsonNode json() {
            try {
                return new ObjectMapper().readTree(body);
            } catch (IOException e) {
                throw new AssertionError(body, e);
            }
        }

        String type() {
            return json().path("type").asText();
        }
    }
}
