package io.gemproxy.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the client gets is what Google said, and what Google got is what the client said, byte for
 * byte but for the header fields of {@link HeaderRules}; see {@code corpus/README.md}.
 */
class ByteFidelityIT {
    private static final int AT_LEAST = 120;

    @TempDir Path directory;

    @TestFactory
    Stream<DynamicTest> everyExchangePassesUnchanged() {
        return conversations().stream()
                .map(path -> dynamicTest(path.getFileName().toString(), () -> speak(path)));
    }

    @Test
    void theCorpusIsWhole() {
        assertTrue(conversations().size() >= AT_LEAST, () -> conversations().size() + " exchanges");
    }

    private static List<Path> conversations() {
        URL corpus = ByteFidelityIT.class.getResource("/corpus");
        try (Stream<Path> all = Files.list(Path.of(Objects.requireNonNull(corpus).toURI()))) {
            return all.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void speak(Path conversation) throws Exception {
        try (CorpusRig rig = new CorpusRig(Files.createTempDirectory(directory, "server-"))) {
            WireMessage last = null;
            for (CorpusExchange exchange : CorpusExchange.conversation(conversation)) {
                last = exchange(exchange, rig);
            }
            assertEquals(0, rig.upstream().excess(), "requests sent upstream more than once");
            rig.checkConnection(Objects.requireNonNull(last));
        }
    }

    private static WireMessage exchange(CorpusExchange exchange, CorpusRig rig) throws Exception {
        byte[] request = exchange.request(rig.values());
        byte[] answer = exchange.answer(rig.values());
        WireMessage sent = parsed(request, WireMessage.Kind.REQUEST);
        WireMessage.Kind kind = kind(sent);
        WireMessage said = parsed(answer, kind);
        SpokenAnswer spoken = SpokenAnswer.of(answer, kind, CorpusRig.PATIENCE);
        rig.upstream().willSay(spoken);

        WireMessage got = rig.exchange(request, kind, spoken);
        assertEquals(said.status(), got.status(), () -> new String(got.body(), UTF_8));
        WireMessage received = rig.upstream().received();

        CorpusDifferences differences = exchange.differences(rig.values());
        checkRequest(sent, received, differences, rig);
        byte[] body = exchange.clientBody(rig.values()).orElse(said.body());
        assertSame(body, got.body(), "answer body");
        HeaderRules.checkAnswer(said, got, kind, differences);
        got.values("x-goog-upload-url")
                .forEach(url -> rig.values().put("upload_target", path(url)));
        return got;
    }

    private static void checkRequest(
            WireMessage sent, WireMessage received, CorpusDifferences differences, CorpusRig rig) {
        String[] line = sent.startLine().split(" ", -1);
        String target = differences.upstreamTarget().orElse(line[1]);
        assertEquals(line[0] + " " + target + " HTTP/1.1", received.startLine());
        assertSame(sent.body(), received.body(), "request body");
        HeaderRules.checkRequest(sent, received, rig.upstream().authority(), CorpusRig.POOLED_KEY);
        String token = Objects.requireNonNull(rig.values().get("token"));
        assertTrue(
                received.fields().stream().noneMatch(field -> field.value().contains(token)),
                "the client's token went upstream");
    }

    private static WireMessage.Kind kind(WireMessage request) {
        return request.startLine().startsWith("HEAD ")
                ? WireMessage.Kind.BODYLESS_ANSWER
                : WireMessage.Kind.ANSWER;
    }

    private static void assertSame(byte[] expected, byte[] actual, String what) {
        int at = Arrays.mismatch(expected, actual);
        assertEquals(
                -1,
                at,
                () ->
                        what
                                + " differs at "
                                + at
                                + " of "
                                + expected.length
                                + "/"
                                + actual.length
                                + ": expected «"
                                + around(expected, at)
                                + "», got «"
                                + around(actual, at)
                                + "»");
    }

    private static String around(byte[] bytes, int at) {
        int from = Math.clamp(at - 20L, 0, bytes.length);
        int to = Math.min(bytes.length, at + 40);
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static WireMessage parsed(byte[] bytes, WireMessage.Kind kind) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        WireMessage message = WireMessage.read(in, kind, count -> {});
        assertEquals(0, in.available(), "the file goes on after its message");
        return message;
    }

    private static String path(String url) {
        return url.substring(url.indexOf('/', "https://".length()));
    }
}
