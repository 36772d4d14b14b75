package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to another tenant's things, none of which leads there. */
class ForeignNamesIT {
    private static final String MALLORY = ServerFixture.token("mallory");
    private static final String CACHE =
            "{\"model\":\"models/gemini-2.5-flash\",\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]}";
    private static final String STORE_DOCUMENTS = "/v1beta/fileSearchStores/-/documents";

    private static ServerFixture fixture;
    private static String cache;

    @BeforeAll
    static void start() throws Exception {
        // Of one project, so that nothing is missed for living elsewhere.
        fixture = ServerFixture.with().key("alpha", "red").start();
        cache = made("/v1beta/cachedContents", CACHE);
    }

    @AfterAll
    static void stop() throws Exception {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"cachedContent\":\"NAME\",\"contents\":[]}",
                "{\"cachedContent\":\"cachedContents\\u002fID\",\"contents\":[]}",
                "{\"cached\\u0043ontent\":\"NAME\",\"contents\":[]}",
                "{\"cachedContent\":\"cachedContents/mine\",\"cachedContent\":\"NAME\"}",
                "{\"cachedContent\":\"NAME\",\"cachedContent\":null,\"cached_content\":\"x\"}",
                "{\"tunedModelSource\":{\"tunedModel\":\"NAME\"},\"cachedContent\":\"NAME\"}"
            })
    void aBodyNamesItInDisguise(String body) throws Exception {
        String named =
                body.replace("NAME", cache)
                        .replace("ID", cache.substring("cachedContents/".length()));
        Wire.Reply reply = asMallory("POST", ServerFixture.FLASH + ":generateContent", named);
        assertTrue(Set.of(403, 404).contains(reply.status()), reply::text);
        assertNotSent("tunedModelSource", "contents\":[]", "cachedContents/mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1beta/cachedContents/nowhere?name=NAME",
                "/v1beta/cachedContents/nowhere?n%61me=cachedContents%2FID",
                "/v1beta/cachedContents/NAME/../ID",
                "/v1beta/cachedContents%2FID",
                "/v1beta/CachedContents/ID",
                "/v1beta/cachedContents/ID/",
                "/v1beta/cachedContents/ID?fields=name"
            })
    void aPathOrQueryNamesItInDisguise(String target) throws Exception {
        String id = cache.substring("cachedContents/".length());
        Wire.Reply reply = asMallory("GET", target.replace("NAME", cache).replace("ID", id), "");
        assertTrue(Set.of(400, 403, 404).contains(reply.status()), reply::text);
        assertFalse(reply.text().contains("createTime"), reply::text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1beta/cachedContents",
                "/v1beta/cachedContents/",
                "/v1beta/cachedContents:",
                "/v1beta/cachedContents?fields=cachedContents(model,createTime)",
                "/v1beta/cachedContents?%24fields=cachedContents/model",
                "/v1beta/cachedContents?pageSize=1000&pageToken=",
                "/v1beta/cachedContents?$httpMethod=POST",
                "/v1beta/fileSearchStores/-",
                STORE_DOCUMENTS
            })
    void aListOfAllThereIs(String target) throws Exception {
        Wire.Reply reply = asMallory("GET", target, "");
        assertFalse(reply.text().contains(cache), reply::text);
        assertFalse(reply.text().contains("createTime"), reply::text);
    }

    @Test
    void aPageTokenOfGooglesOwnMaking() throws Exception {
        Wire.Reply first = asMallory("GET", "/v1beta/cachedContents?pageToken=0", "");
        assertEquals(400, first.status(), first::text);
        made("/v1beta/cachedContents", CACHE);
        Wire.Reply page = fixture.get("/v1beta/cachedContents?pageSize=1");
        String token = ServerFixture.json(page).path("nextPageToken").asText();
        assertFalse(token.isEmpty(), page::text);
        Wire.Reply stolen = asMallory("GET", "/v1beta/cachedContents?pageToken=" + token, "");
        assertFalse(stolen.text().contains("createTime"), stolen::text);
        String plain = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        String other =
                Base64.getUrlEncoder()
                        .encodeToString(
                                plain.replaceAll(":.*", ":0").getBytes(StandardCharsets.UTF_8));
        Wire.Reply forged = asMallory("GET", "/v1beta/cachedContents?pageToken=" + other, "");
        assertFalse(forged.text().contains("createTime"), forged::text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/json; charset=utf-16",
                "Content-Type: application/json; charset=\"UTF-16LE\"",
                "Content-Type: application/json"
            })
    void aBodyInAnotherUnicodeThanTheReaderThinks(String type) throws Exception {
        byte[] body =
                ("{\"cachedContent\":\"" + cache + "\",\"contents\":[]}")
                        .getBytes(StandardCharsets.UTF_16LE);
        Wire.Reply reply =
                fixture.bare(
                        "POST",
                        ServerFixture.FLASH + ":generateContent",
                        body,
                        List.of("x-goog-api-key: " + MALLORY, type));
        assertEquals(400, reply.status(), reply::text);
        assertTrue(reply.text().contains("BODY_NOT_READABLE"), reply::text);
    }

    @Test
    void aMaskCannotHideWhatIsMade() throws Exception {
        Wire.Reply made = fixture.post("/v1beta/cachedContents?fields=model", CACHE);
        String name = ServerFixture.json(made).path("name").asText();
        assertFalse(name.isEmpty(), made::text);
        assertFalse(fixture.simulator.record().getLast().rawTarget().contains("fields"));
        Wire.Reply stranger = asMallory("GET", "/v1beta/" + name, "");
        assertTrue(Set.of(403, 404).contains(stranger.status()), stranger::text);
        Wire.Reply kept = fixture.get(ServerFixture.FLASH + "?fields=name");
        assertEquals(200, kept.status());
        assertTrue(fixture.simulator.record().getLast().rawTarget().contains("fields=name"));
    }

    private static void assertNotSent(String... texts) {
        fixture.simulator.record().stream()
                .skip(1)
                .forEach(seen -> {
                    for (String text : texts) {
                        assertFalse(seen.bodyText().contains(text), seen.bodyText());
                    }
                });
    }

    private static String made(String target, String body) throws Exception {
        Wire.Reply made = fixture.post(target, body);
        assertEquals(200, made.status(), made::text);
        return ServerFixture.json(made).path("name").asText();
    }

    private static Wire.Reply asMallory(String method, String target, String body)
            throws Exception {
        List<String> fields = new ArrayList<>(List.of("x-goog-api-key: " + MALLORY));
        return fixture.bare(method, target, body.getBytes(StandardCharsets.UTF_8), fields);
    }
}
