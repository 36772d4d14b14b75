package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.simulator.record.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches whose input file names what is another tenant's. */
class BatchInputIT {
    private static final String MALLORY = ServerFixture.token("mallory");
    private static final String LINE =
            "{\"key\":\"1\",\"request\":{\"contents\":[{\"parts\":[{\"fileData\":{\"fileUri\":\"NAME\"}}]}]}}\n";
    private static final String PLAIN =
            "{\"key\":\"1\",\"request\":{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}}\n";

    private static ServerFixture fixture;
    private static String foreign;

    @BeforeAll
    static void start() throws Exception {
        // Of one project, so that nothing is missed for living elsewhere.
        fixture = ServerFixture.with().key("alpha", "red").start();
        foreign = upload(fixture.token(), List.of("some text"));
    }

    @AfterAll
    static void stop() throws Exception {
        fixture.close();
    }

    @Test
    void ownFilesMayBeNamed() throws Exception {
        String own = upload(MALLORY, List.of("some text"));
        String input = upload(MALLORY, List.of(PLAIN, LINE.replace("NAME", own)));
        Wire.Reply made = batch(input);
        assertEquals(200, made.status(), made::text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PLAIN LINE",
                "LINE",
                "{\"broken\": \"\n LINE",
                "{'\n LINE",
                "\r\n  LINE",
                "PLAIN {\"request\":{\"cachedContent\":\"\",\"x\":{\"file_uri\":\"\\u0066iles\\u002fID\"}}}"
            })
    void anotherTenantsAreNotFound(String content) throws Exception {
        String text =
                content.replace("PLAIN ", PLAIN)
                        .replace("LINE", LINE)
                        .replace("NAME", foreign)
                        .replace("ID", foreign.substring(6));
        for (int cut : new int[] {text.length(), text.length() - 20, 3}) {
            String input = upload(MALLORY, List.of(text.substring(0, cut), text.substring(cut)));
            Wire.Reply refused = batch(input);
            assertTrue(Set.of(403, 404).contains(refused.status()), refused::text);
            assertTrue(refused.text().contains(foreign.substring(6)), refused::text);
            assertNotMade(input);
        }
    }

    @Test
    void norInOneMultipartRequest() throws Exception {
        for (String coding : List.of("", "\r\nContent-Transfer-Encoding: base64")) {
            String body =
                    "--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b\r\nX: \"\r\nContent-Type: text/plain"
                            + coding
                            + "\r\n\r\n"
                            + (coding.isEmpty() ? LINE.replace("NAME", foreign) : "eyJ4Ijoi")
                            + "\r\n--b--\r\n";
            Wire.Reply uploaded =
                    as(
                            "/upload/v1beta/files?uploadType=multipart",
                            body,
                            "Content-Type: multipart/related; boundary=b");
            String input = ServerFixture.json(uploaded).at("/file/name").asText();
            Wire.Reply refused = batch(input);
            assertTrue(Set.of(400, 403, 404).contains(refused.status()), refused::text);
            assertNotMade(input);
        }
    }

    @Test
    void whatIsNoFileOfLinesIsNoInput() throws Exception {
        Wire.Reply refused = batch(upload(MALLORY, List.of("\u0089PNG" + LINE)));
        assertEquals(400, refused.status(), refused::text);
        assertTrue(refused.text().contains("BATCH_INPUT_NOT_READABLE"), refused::text);
    }

    @Test
    void aPieceThatIsSentAgainMustBeTheSame() throws Exception {
        String address = started(MALLORY);
        String cut = LINE.replace("NAME", foreign);
        int middle = cut.indexOf(foreign) + 8;
        String harmless = " ".repeat(middle - 2) + "{}";
        chunk(address, 0, cut.substring(0, middle), "upload");
        chunk(address, 0, harmless, "upload");
        Wire.Reply last = chunk(address, middle, cut.substring(middle), "upload, finalize");
        String input = ServerFixture.json(last).at("/file/name").asText();
        Wire.Reply refused = batch(input);
        assertEquals(400, refused.status(), refused::text);
        assertNotMade(input);
    }

    @Test
    void theSamePieceSentAgainIsNoMatter() throws Exception {
        String address = started(MALLORY);
        chunk(address, 0, PLAIN, "upload, finalize");
        Wire.Reply last = chunk(address, 0, PLAIN, "upload, finalize");
        Wire.Reply made = batch(ServerFixture.json(last).at("/file/name").asText());
        assertEquals(200, made.status(), made::text);
    }

    @Test
    void norIsTheNameLateInALongRequest() throws Exception {
        String input = upload(MALLORY, List.of(LINE.replace("NAME", foreign)));
        String own = upload(MALLORY, List.of("mine"));
        String body =
                "{\"x\":{\"fileUri\":\""
                        + own
                        + "\"},\"y\":\""
                        + "y".repeat(400_000)
                        + "\",\"batch\":{\"inputConfig\":{\"fileName\":\""
                        + input
                        + "\"}}}";
        Wire.Reply refused = as(ServerFixture.FLASH + ":batchGenerateContent", body);
        assertTrue(Set.of(403, 404).contains(refused.status()), refused::text);
        assertNotMade(input);
    }

    private static void assertNotMade(String input) {
        boolean made =
                fixture.simulator.record().stream()
                        .filter(seen -> seen.path().endsWith(":batchGenerateContent"))
                        .filter(seen -> seen.bodyText().contains(input))
                        .map(Seen::outcome)
                        .anyMatch(outcome -> outcome != null && outcome.status() == 200);
        assertFalse(made, "Gemini made a batch of " + input);
    }

    private static Wire.Reply batch(String input) throws IOException {
        String body = "{\"batch\":{\"inputConfig\":{\"fileName\":\"" + input + "\"}}}";
        return as(ServerFixture.FLASH + ":batchGenerateContent", body);
    }

    private static Wire.Reply as(String target, String body, String... more) throws IOException {
        List<String> fields = new ArrayList<>(List.of("x-goog-api-key: " + MALLORY));
        fields.addAll(List.of(more));
        return fixture.bare("POST", target, body.getBytes(StandardCharsets.UTF_8), fields);
    }

    private static String upload(String token, List<String> pieces) throws IOException {
        String address = started(token);
        Wire.Reply last = chunk(address, 0, "", "query");
        int offset = 0;
        for (int i = 0; i < pieces.size(); i++) {
            String command = i < pieces.size() - 1 ? "upload" : "upload, finalize";
            last = chunk(address, offset, pieces.get(i), command);
            offset += pieces.get(i).getBytes(StandardCharsets.UTF_8).length;
        }
        return ServerFixture.json(last).at("/file/name").asText();
    }

    private static String started(String token) throws IOException {
        Wire.Reply start =
                fixture.bare(
                        "POST",
                        "/upload/v1beta/files",
                        "{}".getBytes(StandardCharsets.UTF_8),
                        List.of(
                                "x-goog-api-key: " + token,
                                "X-Goog-Upload-Protocol: resumable",
                                "X-Goog-Upload-Command: start"));
        String address = start.field("x-goog-upload-url").orElseThrow();
        return address.substring(address.indexOf("/upload/"));
    }

    private static Wire.Reply chunk(String address, int offset, String content, String command)
            throws IOException {
        return fixture.bare(
                "POST",
                address,
                content.getBytes(StandardCharsets.UTF_8),
                List.of("X-Goog-Upload-Command: " + command, "X-Goog-Upload-Offset: " + offset));
    }
}
