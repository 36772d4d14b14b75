package io.gemproxy.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.listener.certificates.HttpChallenges;
import io.gemproxy.server.listener.certificates.ServerCertificates;
import io.gemproxy.server.listener.certificates.TlsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The port of plain HTTP: what a challenge's answer can be got by, and where everybody else is led.
 */
final class RedirectListenerIT {
    private static final String TOKEN = "evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA";
    private static final String ANSWER = TOKEN + ".9jg46WB3rR_AHD-EBXdN7cBkH1WOu0tA3M9fm21mqTI";
    private static final String PREFIX = "/.well-known/acme-challenge/";
    private static final Pattern LOCATION = Pattern.compile("(?i)\r\nlocation: ([^\r]*)\r\n");

    @TempDir private static Path dir;
    private static RedirectListener listener;

    @BeforeAll
    static void start() throws Exception {
        HttpChallenges challenges = new HttpChallenges();
        challenges.offer(TOKEN, ANSWER);
        listener = open(challenges, List.of("proxy.example", "*.wild.example"), 8443);
    }

    @AfterAll
    static void stop() {
        listener.close();
    }

    private static RedirectListener open(
            HttpChallenges challenges, List<String> domains, int proxyPort) throws Exception {
        return open(challenges, domains, proxyPort, 0);
    }

    private static RedirectListener open(
            HttpChallenges challenges, List<String> domains, int proxyPort, int port)
            throws Exception {
        TlsConfig tls =
                new TlsConfig(true, dir.resolve("c.pem"), dir.resolve("k.pem"), true, domains);
        RedirectConfig redirect = new RedirectConfig(true, true, "127.0.0.1", port);
        ServerCertificates certificates =
                ServerCertificates.open(tls, InstantSource.system(), new SecureRandom());
        return RedirectListener.start(
                Rig.config(proxyPort, tls, redirect),
                certificates,
                challenges,
                () -> proxyPort,
                () -> new RequestId("req-1"),
                System::nanoTime);
    }

    @Test
    void aChallengeIsAnsweredWithItsAuthorizationAndNothingElse() throws Exception {
        String answer = ask("GET " + PREFIX + TOKEN, "any.example");
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertTrue(answer.endsWith("\r\n\r\n" + ANSWER), answer);
        assertTrue(answer.contains("Content-Type: application/octet-stream\r\n"), answer);
        assertTrue(answer.contains("Content-Length: " + ANSWER.length() + "\r\n"), answer);
        assertTrue(answer.toLowerCase(java.util.Locale.ROOT).contains("connection: close"), answer);
    }

    @Test
    void headSaysTheSameWithoutABody() throws Exception {
        String answer = ask("HEAD " + PREFIX + TOKEN, "any.example");
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertTrue(answer.contains("Content-Length: " + ANSWER.length() + "\r\n"), answer);
        assertTrue(answer.endsWith("\r\n\r\n"), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET " + PREFIX,
                "GET " + PREFIX + "unknown",
                "GET " + PREFIX + TOKEN + "/",
                "GET " + PREFIX + TOKEN + "x",
                "GET " + PREFIX + "x/../" + TOKEN,
                "GET " + PREFIX + "../../x",
                "GET " + PREFIX + "../../etc/passwd",
                "GET " + PREFIX + "..%2f..%2fetc%2fpasswd",
                "GET " + PREFIX + "%2e%2e/" + TOKEN,
                "GET " + PREFIX + "/" + TOKEN,
                "GET " + PREFIX + TOKEN + "%00",
                "GET " + PREFIX + TOKEN + ";a=b",
                "GET " + PREFIX + "evagxfads6psrb2lav9izf17dt3juxgj-pct92wr-oa",
                "GET " + PREFIX + "%65vaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA",
                "POST " + PREFIX + TOKEN,
                "PUT " + PREFIX + TOKEN,
                "DELETE " + PREFIX + TOKEN,
                "OPTIONS " + PREFIX + TOKEN
            })
    void nothingElseBelowThatPathIsAnsweredOrLedAnywhere(String line) throws Exception {
        String answer = ask(line, "proxy.example");
        assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
        assertTrue(answer.endsWith("\r\n\r\nThere is no such challenge.\n"), answer);
        assertFalse(answer.contains(ANSWER), answer);
    }

    @ParameterizedTest
    @CsvSource({
        "/, https://proxy.example:8443/",
        "/v1beta/models?key=a&b=c, https://proxy.example:8443/v1beta/models?key=a&b=c",
        "//evil.example/x, https://proxy.example:8443//evil.example/x",
        "/@evil.example, https://proxy.example:8443/@evil.example",
        "/%0d%0aSet-Cookie:x, https://proxy.example:8443/%0d%0aSet-Cookie:x",
        "/.well-known/acme-challeng, https://proxy.example:8443/.well-known/acme-challeng",
        "/.well-known//acme-challenge/x, https://proxy.example:8443/.well-known//acme-challenge/x",
        "/health, https://proxy.example:8443/health",
        "/metrics, https://proxy.example:8443/metrics",
        "/api/keys, https://proxy.example:8443/api/keys"
    })
    void everyOtherPathIsLedToTheSameOverHttps(String target, String location) throws Exception {
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
            String answer = ask(method + " " + target, "proxy.example");
            assertTrue(answer.startsWith("HTTP/1.1 308 "), answer);
            assertEquals(location, location(answer));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "proxy.example, https://proxy.example:8443/",
        "proxy.example:80, https://proxy.example:8443/",
        "PROXY.example.:12345, https://proxy.example:8443/",
        "localhost, https://localhost:8443/",
        "127.0.0.1, https://127.0.0.1:8443/",
        "[::1]:80, https://[::1]:8443/",
        "a.wild.example, https://a.wild.example:8443/",
        "evil.example, https://proxy.example:8443/",
        "proxy.example.evil.example, https://proxy.example:8443/",
        "evilproxy.example, https://proxy.example:8443/",
        "a.b.wild.example, https://proxy.example:8443/",
        "10.1.2.3, https://proxy.example:8443/",
        "[2001:db8::1], https://proxy.example:8443/",
    })
    void nobodyIsLedToANameThatIsNotOurs(String host, String location) throws Exception {
        assertEquals(location, location(ask("GET /", host)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example/",
                "evil.example#proxy.example",
                "proxy.example@evil.example",
                "proxy.example%0d%0ax",
                "proxy.example evil.example",
                "proxy.example, evil.example",
                "proxy.example\r\nHost: evil.example",
                "[::1",
                "proxy.example:99999",
                "\"proxy.example\""
            })
    void aHostThatIsNoneIsRefused(String host) throws Exception {
        String answer = ask("GET /", host);
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        assertEquals("", location(answer));
        assertFalse(answer.contains("evil"), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET http://evil.example/ HTTP/1.1",
                "GET https://evil.example/ HTTP/1.1",
                "GET evil.example HTTP/1.1",
                "GET \\\\evil.example HTTP/1.1",
                "GET /\\evil.example HTTP/1.1",
                "CONNECT evil.example:443 HTTP/1.1",
                "GET / HTTP/1.0",
                "PRI * HTTP/2.0",
                "\u0016\u0003\u0001\u0002\u0000\u0001"
            })
    void whatIsNoPlainRequestIsRefused(String line) throws Exception {
        String answer = raw(line + "\r\nHost: proxy.example\r\n\r\n");
        assertTrue(answer.matches("(?s)HTTP/1.1 (400|501|505) .*"), answer);
        assertEquals("", location(answer));
    }

    @Test
    void framingInDoubtIsRefused() throws Exception {
        String answer =
                raw(
                        "POST / HTTP/1.1\r\nHost: proxy.example\r\nContent-Length: 4\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    }

    @Test
    void theFirstAnswerIsTheLastOfItsConnection() throws Exception {
        String twice =
                "GET / HTTP/1.1\r\nHost: proxy.example\r\n\r\n"
                        + "GET /two HTTP/1.1\r\nHost: proxy.example\r\n\r\n";
        String answer = raw(twice);
        assertEquals(1, answer.split("HTTP/1\\.1 308", -1).length - 1, answer);
    }

    @Test
    void headsBeyondTheLimitsAreRefused() throws Exception {
        assertTrue(ask("GET /" + "a".repeat(5_000), "proxy.example").startsWith("HTTP/1.1 414 "));
        String many = "X-Field: value\r\n".repeat(80);
        assertTrue(
                raw("GET / HTTP/1.1\r\nHost: proxy.example\r\n" + many + "\r\n")
                        .startsWith("HTTP/1.1 431 "));
    }

    @Test
    void withoutANameThatIsOursNobodyIsLedAnywhere() throws Exception {
        try (RedirectListener nameless = open(new HttpChallenges(), List.of(), 443)) {
            String answer = raw(nameless.port(), "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 421 "), answer);
            assertEquals("", location(answer));
            assertEquals(
                    "https://localhost/",
                    location(raw(nameless.port(), "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")));
        }
    }

    @Test
    void aPortThatIsTakenIsSaid() {
        ListenerFailed told =
                assertThrows(
                        ListenerFailed.class,
                        () -> open(new HttpChallenges(), List.of(), 443, listener.port()));
        assertTrue(
                String.valueOf(told.getMessage())
                        .startsWith(
                                "the redirect listener's address 127.0.0.1:"
                                        + listener.port()
                                        + " cannot be bound"),
                told.getMessage());
    }

    private static String ask(String line, String host) throws IOException {
        return raw(line + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    private static String raw(String request) throws IOException {
        return raw(listener.port(), request);
    }

    private static String raw(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(
                    Emissions.OF_THIS_RUN.from("an answer", socket.getInputStream()).readAllBytes(),
                    StandardCharsets.ISO_8859_1);
        }
    }

    private static String location(String answer) {
        Matcher found = LOCATION.matcher(answer);
        return found.find() ? found.group(1) : "";
    }
}
