package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources, the projects they live in and the clients they belong to. */
class ProxyAffinityIT {
    private static final String FLASH = ServerFixture.FLASH;
    private static final String MALLORY = ServerFixture.token("mallory");
    private static final String CACHE =
            "{\"model\":\"models/gemini-2.5-flash\",\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]}";

    @ParameterizedTest
    @CsvSource({
        "files, GET, ''",
        "files, DELETE, ''",
        "files, GET, :download?alt=media",
        "cachedContents, GET, ''",
        "cachedContents, DELETE, ''",
        "batches, GET, ''",
        "batches, POST, :cancel",
        "operations, GET, ''",
        "fileSearchStores, GET, ''",
        "fileSearchStores, GET, /documents",
        "fileSearchStores, DELETE, ?force=true",
        "interactions, GET, ''",
        "interactions, DELETE, ''"
    })
    void whatIsAnotherTenantsIsNotFoundInTheWordsForWhatIsNowhere(
            String kind, String method, String rest) throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            String name = make(fixture, kind);
            Wire.Reply stranger = as(MALLORY, fixture, method, "/v1beta/" + name + rest, "");
            String nowhere = name.replaceAll("[a-z0-9_]+$", "nowhere00000");
            Wire.Reply unknown = as(MALLORY, fixture, method, "/v1beta/" + nowhere + rest, "");
            assertTrue(Set.of(403, 404).contains(stranger.status()), stranger::text);
            assertEquals(unknown.status(), stranger.status());
            String id = name.substring(name.lastIndexOf('/') + 1);
            assertEquals(unknown.text().replace("nowhere00000", id), stranger.text());
            assertEquals(attempts(fixture, unknown), attempts(fixture, stranger));
            Wire.Reply owner = fixture.get("/v1beta/" + name);
            assertEquals(200, owner.status(), owner::text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"contents\":[{\"parts\":[{\"fileData\":{\"fileUri\":\"NAME\"}}]}]}",
                "{\"contents\":[{\"parts\":[{\"file_data\":{\"file_uri\":\"https://x/v1beta/NAME\"}}]}]}",
                "{\"contents\":[{\"parts\":[{\"fileData\":{\"fileUri\":\"\\u0066iles\\/ID\"}}]}]}",
                "{'contents':[{'parts':[{'fileData':{fileUri:'NAME'}}]}]}"
            })
    void aBodyCannotUseAnotherTenantsFile(String body) throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            String name = make(fixture, "files");
            String named = body.replace("NAME", name).replace("ID", name.substring(6));
            Wire.Reply stranger = as(MALLORY, fixture, "POST", FLASH + ":generateContent", named);
            assertEquals(403, stranger.status(), stranger::text);
            assertTrue(stranger.text().contains(name.substring(6)), stranger::text);
            boolean asked =
                    fixture.simulator.record().stream()
                            .anyMatch(seen -> seen.bodyText().contains("contents"));
            assertFalse(asked, "the request itself must not reach Gemini");
        }
    }

    @Test
    void norBehindMoreThanIsReadAhead() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            String name = make(fixture, "files");
            String own = ServerFixture.json(uploaded(fixture, MALLORY)).at("/file/name").asText();
            String body =
                    "{\"contents\":[{\"parts\":[{\"fileData\":{\"fileUri\":\""
                            + own
                            + "\"}},{\"text\":\""
                            + "x".repeat(3_000_000)
                            + "\"},{\"fileData\":{\"fileUri\":\""
                            + name
                            + "\"}}]}]}";
            Wire.Reply stranger = as(MALLORY, fixture, "POST", FLASH + ":generateContent", body);
            assertEquals(403, stranger.status(), stranger::text);
        }
    }

    @Test
    void aLongBodyMeetsTheProjectOfTheFileItBeginsWith() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            for (int i = 0; i < 10; i++) {
                String name = make(fixture, "files");
                String body =
                        "{\"contents\":[{\"parts\":[{\"fileData\":{\"fileUri\":\""
                                + name
                                + "\"}},{\"text\":\""
                                + "x".repeat(1_000_000)
                                + "\"}]}]}";
                Wire.Reply answer = fixture.post(FLASH + ":generateContent", body);
                assertEquals(200, answer.status(), answer::text);
                fixture.post(FLASH + ":generateContent", ProxyFailoverIT.HELLO);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "files, files",
        "cachedContents, cachedContents",
        "batches, operations",
        "fileSearchStores, fileSearchStores"
    })
    void aListHoldsTheClientsOwnOfAllProjects(String kind, String member) throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            Set<String> mine = new TreeSet<>();
            for (int i = 0; i < 3; i++) {
                mine.add(make(fixture, kind));
                makeAs(MALLORY, fixture, kind);
                makeAs(ServerFixture.token("peggy"), fixture, kind);
            }
            String home = fixture.simulator.record().getFirst().key();
            fixture.simulator.script("key " + home + ": next 1 429 perminute retry 30s");
            mine.add(make(fixture, kind));
            fixture.advance(Duration.ofSeconds(31));
            assertEquals(mine, listed(fixture, kind, member, "?pageSize=2"));
            assertEquals(mine, listed(fixture, kind, member, "?pageSize=100"));
            Wire.Reply nobody =
                    as(ServerFixture.token("newcomer"), fixture, "GET", "/v1beta/" + kind, "");
            assertEquals(200, nobody.status());
            assertEquals(0, ServerFixture.json(nobody).path(member).size(), nobody::text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Encoding: gzip",
                "Content-Encoding: br",
                "Content-Type: application/x-protobuf"
            })
    void aBodyThatCannotBeLookedIntoIsRefused(String field) throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            Wire.Reply reply =
                    as(
                            MALLORY,
                            fixture,
                            "POST",
                            FLASH + ":generateContent",
                            ProxyFailoverIT.HELLO,
                            field);
            assertEquals(400, reply.status(), reply::text);
            assertTrue(reply.text().contains("BODY_NOT_READABLE"), reply::text);
        }
    }

    @Test
    void aPageTokenThatIsNotOursIsRefused() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            make(fixture, "files");
            Wire.Reply reply = fixture.get("/v1beta/files?pageToken=2");
            assertEquals(400, reply.status(), reply::text);
        }
    }

    @Test
    void withoutAuthenticationAllIsOneTenants() throws Exception {
        try (ServerFixture fixture = ServerFixture.with().set("auth.enabled=false").start()) {
            String name = make(fixture, "files");
            Wire.Reply bare = fixture.bare("GET", "/v1beta/" + name, new byte[0], List.of());
            assertEquals(200, bare.status(), bare::text);
            Wire.Reply list = fixture.bare("GET", "/v1beta/files", new byte[0], List.of());
            assertTrue(list.text().contains(name), list::text);
        }
    }

    @Test
    void aNameMadeElsewhereIsLookedForAndRememberedAsEverybodys() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            for (String key : List.of("alpha", "beta", "gamma")) {
                String outside = outside(fixture, key);
                assertEquals(200, fixture.get("/v1beta/" + outside).status());
                long before = fixture.simulator.requests();
                assertEquals(200, as(MALLORY, fixture, "GET", "/v1beta/" + outside, "").status());
                assertEquals(before + 1, fixture.simulator.requests());
                assertFalse(fixture.get("/v1beta/files").text().contains(outside));
            }
        }
    }

    @Test
    void aNameMadeElsewhereIsRefusedIfTheOperatorSaysSo() throws Exception {
        try (ServerFixture fixture =
                ServerFixture.with().set("gemini.unknown_resources=refuse").start()) {
            String outside = outside(fixture, "alpha");
            assertEquals(403, fixture.get("/v1beta/" + outside).status());
            String own = make(fixture, "files");
            assertEquals(200, fixture.get("/v1beta/" + own).status());
        }
    }

    @Test
    void whatWasDeletedIsKnownToNobody() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            String name = make(fixture, "files");
            assertEquals(
                    200, as(fixture.token(), fixture, "DELETE", "/v1beta/" + name, "").status());
            assertEquals(403, fixture.get("/v1beta/" + name).status());
        }
    }

    @Test
    void interactionsGoOnWhereTheyBeganStreamedOrNot() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            String previous = "";
            for (int i = 0; i < 6; i++) {
                boolean stream = i % 2 == 0;
                String body =
                        "{\"model\":\"gemini-2.5-flash\",\"input\":\"hi\",\"stream\":"
                                + stream
                                + (previous.isEmpty()
                                        ? ""
                                        : ",\"previous_interaction_id\":\"" + previous + "\"")
                                + "}";
                Wire.Reply reply = fixture.post("/v1beta/interactions", body);
                assertEquals(200, reply.status(), reply::text);
                previous = reply.text().replaceAll("(?s).*?\"id\" ?: ?\"(v1_[a-z0-9]+)\".*", "$1");
                String continued =
                        body.replace(
                                "\"input\"",
                                "\"previous_interaction_id\":\"" + previous + "\",\"input\"");
                Wire.Reply stranger =
                        as(MALLORY, fixture, "POST", "/v1beta/interactions", continued);
                assertEquals(404, stranger.status(), stranger::text);
            }
        }
    }

    @Test
    void uploadAddressesAreBuiltFromThePublicUrl() throws Exception {
        try (ServerFixture fixture =
                ServerFixture.with().set("server.public_url=https://gemini.example.com").start()) {
            Wire.Reply started = start(fixture, fixture.token());
            String address = started.field("x-goog-upload-url").orElseThrow();
            assertTrue(
                    address.startsWith("https://gemini.example.com/upload/v1beta/files?"), address);
        }
    }

    private static String outside(ServerFixture fixture, String key) throws IOException {
        try (Wire wire = Wire.to(java.net.URI.create(fixture.simulator.baseUrl()).getPort())) {
            wire.send(
                    "POST",
                    "/upload/v1beta/files?uploadType=multipart",
                    List.of(
                            "x-goog-api-key: " + ServerFixture.keyOf(key),
                            "Content-Type: multipart/related; boundary=b"),
                    multipart().getBytes(StandardCharsets.UTF_8));
            return ServerFixture.json(wire.read()).at("/file/name").asText();
        }
    }

    private static String multipart() {
        return "--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b\r\nContent-Type: text/plain"
                + "\r\n\r\nsome text\r\n--b--\r\n";
    }

    private static Set<String> listed(
            ServerFixture fixture, String kind, String member, String query) throws IOException {
        Set<String> names = new TreeSet<>();
        String more = "";
        do {
            JsonNode page = ServerFixture.json(fixture.get("/v1beta/" + kind + query + more));
            page.path(member).forEach(item -> names.add(item.path("name").asText()));
            String token = page.path("nextPageToken").asText();
            assertTrue(token.isEmpty() || !page.path(member).isEmpty(), page::toString);
            more = token.isEmpty() ? "" : "&pageToken=" + token;
        } while (!more.isEmpty());
        return names;
    }

    private static String make(ServerFixture fixture, String kind) throws IOException {
        return makeAs(fixture.token(), fixture, kind);
    }

    private static String makeAs(String token, ServerFixture fixture, String kind)
            throws IOException {
        Wire.Reply made =
                switch (kind) {
                    case "files" -> uploaded(fixture, token);
                    case "cachedContents" ->
                            as(token, fixture, "POST", "/v1beta/cachedContents", CACHE);
                    case "batches" ->
                            as(
                                    token,
                                    fixture,
                                    "POST",
                                    FLASH + ":batchGenerateContent",
                                    "{\"batch\":{\"inputConfig\":{\"requests\":{\"requests\":[{\"request\":"
                                            + ProxyFailoverIT.HELLO
                                            + "}]}}}}");
                    case "operations" ->
                            as(
                                    token,
                                    fixture,
                                    "POST",
                                    "/v1beta/models/veo-3.1-generate-preview:predictLongRunning",
                                    "{\"instances\":[{\"prompt\":\"a cat\"}]}");
                    case "fileSearchStores" ->
                            as(token, fixture, "POST", "/v1beta/fileSearchStores", "{}");
                    case "interactions" ->
                            as(
                                    token,
                                    fixture,
                                    "POST",
                                    "/v1beta/interactions",
                                    "{\"model\":\"gemini-2.5-flash\",\"input\":\"hi\"}");
                    default -> throw new IllegalArgumentException(kind);
                };
        assertEquals(200, made.status(), made::text);
        JsonNode answer = ServerFixture.json(made);
        if (kind.equals("interactions")) {
            return "interactions/" + answer.path("id").asText();
        }
        return kind.equals("files")
                ? answer.at("/file/name").asText()
                : answer.path("name").asText();
    }

    private static Wire.Reply start(ServerFixture fixture, String token) throws IOException {
        return as(
                token,
                fixture,
                "POST",
                "/upload/v1beta/files",
                "{}",
                "X-Goog-Upload-Protocol: resumable",
                "X-Goog-Upload-Command: start");
    }

    private static Wire.Reply uploaded(ServerFixture fixture, String token) throws IOException {
        String address = start(fixture, token).field("x-goog-upload-url").orElseThrow();
        return fixture.bare(
                "POST",
                address.substring(address.indexOf("/upload/")),
                "some text".getBytes(StandardCharsets.UTF_8),
                List.of("X-Goog-Upload-Command: upload, finalize", "X-Goog-Upload-Offset: 0"));
    }

    private static Wire.Reply as(
            String token,
            ServerFixture fixture,
            String method,
            String target,
            String body,
            String... more)
            throws IOException {
        List<String> fields = new ArrayList<>(List.of("x-goog-api-key: " + token));
        fields.addAll(List.of(more));
        return fixture.bare(method, target, body.getBytes(StandardCharsets.UTF_8), fields);
    }

    private static int attempts(ServerFixture fixture, Wire.Reply reply) throws Exception {
        return fixture.auditOf(reply).path("attempts").size();
    }
}
