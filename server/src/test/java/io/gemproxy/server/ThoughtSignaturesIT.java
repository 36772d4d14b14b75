package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations with thought signatures meet the project that gave them. */
class ThoughtSignaturesIT {
    private static final String FLASH = ServerFixture.FLASH;
    private static final String CHAT = "/v1beta/openai/chat/completions";
    private static final String ASK =
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Paris\"}]}],"
                    + "\"tools\":[{\"functionDeclarations\":[{\"name\":\"weather\",\"parameters\":"
                    + "{\"type\":\"OBJECT\",\"properties\":{\"city\":{\"type\":\"STRING\"}}}}]}]}";
    private static final String ASK_CHAT =
            "{\"model\":\"gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"Paris\"}],"
                    + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":"
                    + "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}}}]}";
    private static final Pattern GIVEN =
            Pattern.compile("\"thought_?[sS]ignature\" ?: ?\"([^\"]+)\"");

    @ParameterizedTest
    @ValueSource(
            strings = {
                FLASH + ":generateContent",
                FLASH + ":streamGenerateContent",
                FLASH + ":streamGenerateContent?alt=sse",
                CHAT
            })
    void goBackToTheProjectThatGaveThem(String target) throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < 6; i++) {
                String signature = given(fixture, target);
                String project = served(fixture);
                seen.add(project);
                for (int turn = 0; turn < 4; turn++) {
                    assertEquals(200, fixture.post(target, carrying(target, signature)).status());
                    assertEquals(project, served(fixture));
                }
            }
            assertTrue(seen.size() > 1, "nothing was tried: all answers came of one project");
        }
    }

    @Test
    void areReadInCompressedAnswersToo() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            for (int i = 0; i < 3; i++) {
                Wire.Reply reply =
                        fixture.post(FLASH + ":generateContent", ASK, "Accept-Encoding: gzip");
                assertEquals("gzip", reply.field("content-encoding").orElse(""));
                String project = served(fixture);
                String signature = simulated(i + 1);
                for (int turn = 0; turn < 3; turn++) {
                    String carrying = carrying(FLASH, signature);
                    assertEquals(200, fixture.post(FLASH + ":generateContent", carrying).status());
                    assertEquals(project, served(fixture));
                }
            }
        }
    }

    @Test
    void theNewestKnownDecides() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            String target = FLASH + ":generateContent";
            String first = given(fixture, target);
            String firstProject = served(fixture);
            String second = given(fixture, target);
            while (served(fixture).equals(firstProject)) {
                second = given(fixture, target);
            }
            String project = served(fixture);
            String both =
                    carrying(target, first)
                            .replace(
                                    "]}]}",
                                    "]},{\"parts\":[{\"text\":\"x\",\"thoughtSignature\":\""
                                            + second
                                            + "\"},{\"text\":\"x\",\"thoughtSignature\":\""
                                            + "elsewhere".repeat(5)
                                            + "\"}]}]}");
            for (int i = 0; i < 4; i++) {
                assertEquals(200, fixture.post(target, both).status());
                assertEquals(project, served(fixture));
            }
        }
    }

    @Test
    void spillOverWhileTheirProjectRests() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            String target = FLASH + ":generateContent";
            String signature = given(fixture, target);
            String project = served(fixture);
            fixture.simulator.script("key " + project + ": next 1 429 perminute retry 30s");
            assertEquals(200, fixture.post(target, carrying(target, signature)).status());
            assertNotEquals(project, served(fixture));
        }
    }

    @Test
    void areRefusedInGooglesWordsAndAtNoKeysCost() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            String target = FLASH + ":generateContent";
            String signature = given(fixture, target);
            String project = served(fixture);
            fixture.simulator.script("key " + project + ": next 1 400 signature");
            long before = fixture.simulator.requests();
            Wire.Reply refused = fixture.post(target, carrying(target, signature));
            assertEquals(400, refused.status());
            assertTrue(refused.text().contains("Thought signature is not valid"), refused::text);
            assertEquals(before + 1, fixture.simulator.requests());
            assertEquals(200, fixture.post(target, carrying(target, signature)).status());
            assertEquals(project, served(fixture));
        }
    }

    @Test
    void ofAnotherTenantDrawNobodyAnywhere() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            String target = FLASH + ":generateContent";
            String signature = given(fixture, target);
            Set<String> projects = new HashSet<>();
            String mallory = ServerFixture.token("mallory");
            for (int i = 0; i < 9; i++) {
                byte[] body = carrying(target, signature).getBytes(StandardCharsets.UTF_8);
                Wire.Reply reply =
                        fixture.bare("POST", target, body, List.of("x-goog-api-key: " + mallory));
                assertEquals(200, reply.status(), reply::text);
                projects.add(served(fixture));
            }
            assertTrue(projects.size() > 1, projects::toString);
        }
    }

    private static String given(ServerFixture fixture, String target) throws IOException {
        Wire.Reply reply = fixture.post(target, target.equals(CHAT) ? ASK_CHAT : ASK);
        assertEquals(200, reply.status(), reply::text);
        Matcher given = GIVEN.matcher(reply.text());
        assertTrue(given.find(), reply::text);
        return given.group(1);
    }

    private static String carrying(String target, String signature) {
        return target.equals(CHAT)
                ? "{\"model\":\"gemini-2.5-flash\",\"messages\":[{\"role\":\"assistant\",\"content\":\"x\","
                        + "\"extra_content\":{\"google\":{\"thought_signature\":\""
                        + signature
                        + "\"}}},{\"role\":\"user\",\"content\":\"y\"}]}"
                : "{\"contents\":[{\"role\":\"model\",\"parts\":[{\"text\":\"x\",\"thoughtSignature\":\""
                        + signature
                        + "\"}]}]}";
    }

    /** What the simulator gives with that answer. */
    private static String simulated(int count) {
        String thought = "simulated thought " + count + " ~?>";
        return Base64.getEncoder().encodeToString(thought.getBytes(StandardCharsets.US_ASCII));
    }

    private static String served(ServerFixture fixture) {
        return String.valueOf(fixture.simulator.record().getLast().key());
    }
}
