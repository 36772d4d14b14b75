package io.gemproxy.server;

import static io.gemproxy.server.ServerFixture.FLASH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.authentication.ForgedTokens;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each known way to pass off a token, tried on a running server. */
class ForgedTokensIT {
    private static final String TARGET = FLASH + ":generateContent";
    private static final byte[] BODY = ProxyFailoverIT.HELLO.getBytes(StandardCharsets.UTF_8);

    @TempDir Path directory;

    @Test
    void eachIsRefusedWithTheSameAnswerAndToldApartInTheAuditLog() throws Exception {
        try (ServerSocket nowhere = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            ForgedTokens forged =
                    new ForgedTokens(
                            ServerFixture.SECRET.getBytes(StandardCharsets.UTF_8),
                            Instant.now().getEpochSecond(),
                            "http://127.0.0.1:" + nowhere.getLocalPort() + "/keys");
            Path keySet = Files.write(directory.resolve("jwks.json"), forged.keySet());
            try (ServerFixture fixture =
                    ServerFixture.with()
                            .auth(
                                    "jwks: [{issuer: '"
                                            + ForgedTokens.ISSUER
                                            + "', file: '"
                                            + keySet
                                            + "'}]")
                            .start()) {
                genuine(fixture, forged);
                forged(fixture, forged.all());
            }
            nowhere.setSoTimeout(1);
            assertThrows(SocketTimeoutException.class, nowhere::accept);
        }
    }

    private static void genuine(ServerFixture fixture, ForgedTokens forged) throws Exception {
        for (String token : forged.genuine()) {
            Wire.Reply reply = asked(fixture, token);
            assertEquals(200, reply.status(), reply::text);
        }
    }

    private static void forged(ServerFixture fixture, List<ForgedTokens.Attack> attacks)
            throws Exception {
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> names = new TreeMap<>();
        TreeSet<String> answers = new TreeSet<>();
        for (ForgedTokens.Attack attack : attacks) {
            Wire.Reply reply = asked(fixture, attack.token());
            assertEquals(401, reply.status(), attack.name());
            answers.add(withoutChance(reply));
            expected.put(reply.requestId(), attack.reason());
            names.put(reply.requestId(), attack.name());
        }
        assertEquals(1, answers.size(), answers::toString);
        assertTrue(attacks.size() > 100, "only " + attacks.size());
        assertTold(fixture, expected, names);
    }

    private static void assertTold(
            ServerFixture fixture, Map<String, String> expected, Map<String, String> names)
            throws Exception {
        Map<String, String> told =
                fixture.authFailures(expected.size()).stream()
                        .collect(
                                Collectors.toMap(
                                        line -> line.path("request_id").asText(),
                                        line -> line.path("error_reason").asText()));
        for (Map.Entry<String, String> it : expected.entrySet()) {
            assertEquals(
                    it.getValue().toLowerCase(Locale.ROOT),
                    told.get(it.getKey()),
                    names.get(it.getKey()));
        }
    }

    /** All of an answer but its id and its times. */
    private static String withoutChance(Wire.Reply reply) {
        String head =
                reply.fields().stream()
                        .filter(field -> !field.name().equalsIgnoreCase("server-timing"))
                        .filter(field -> !field.name().equalsIgnoreCase("date"))
                        .map(field -> field.name() + ": " + field.value())
                        .collect(Collectors.joining("\n"));
        return (head + "\n\n" + reply.text()).replace(reply.requestId(), "ID");
    }

    private static Wire.Reply asked(ServerFixture fixture, String token) throws Exception {
        return fixture.bare("POST", TARGET, BODY, List.of("x-goog-api-key: " + token));
    }
}
