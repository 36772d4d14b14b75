package io.gemproxy.server.upstream;

import static io.gemproxy.server.upstream.Upstreams.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small documents over https, and what is never done for one. */
@Timeout(30)
class DocumentFetchIT {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final int MOST = 1_000;

    private final TestCertificate certificate;

    DocumentFetchIT() throws Exception {
        certificate = TestCertificate.forHost("localhost");
    }

    private ScriptedUpstream answering(String answer) throws Exception {
        return new ScriptedUpstream(
                certificate.server(),
                conversation -> {
                    while (conversation.request() != null) {
                        conversation.say(answer);
                    }
                });
    }

    private DocumentFetch fetch(Duration patience) throws Exception {
        return new DocumentFetch(Optional.of(certificate.client()), patience);
    }

    @Test
    void aDocumentIsFetchedWithoutAnyCredential() throws Exception {
        try (ScriptedUpstream issuer = answering(ok("{\"keys\":[]}"));
                DocumentFetch fetch = fetch(LONG)) {
            byte[] document = fetch.get(issuer.uri("https").resolve("/jwks?a=b"), MOST);
            assertEquals("{\"keys\":[]}", new String(document, StandardCharsets.UTF_8));
            String head = issuer.heads().getFirst();
            assertTrue(head.startsWith("GET /jwks?a=b HTTP/1.1\r\n"), head);
            assertFalse(head.toLowerCase(Locale.ROOT).contains("authorization"), head);
            assertFalse(head.toLowerCase(Locale.ROOT).contains("cookie"), head);
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (ScriptedUpstream other = answering(ok("{\"keys\":[]}"));
                ScriptedUpstream issuer =
                        answering(
                                "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: "
                                        + other.uri("https")
                                        + "/jwks\r\n\r\n");
                DocumentFetch fetch = fetch(LONG)) {
            assertThrows(IOException.class, () -> fetch.get(issuer.uri("https"), MOST));
            assertEquals(0, other.connections());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 204 None\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void anyOtherAnswerIsNone(String answer) throws Exception {
        try (ScriptedUpstream issuer = answering(answer);
                DocumentFetch fetch = fetch(LONG)) {
            assertThrows(IOException.class, () -> fetch.get(issuer.uri("https"), MOST));
        }
    }

    @Test
    void aDocumentThatIsTooLongIsNotReadToItsEnd() throws Exception {
        try (ScriptedUpstream issuer = answering(ok("x".repeat(MOST + 1)));
                ScriptedUpstream endless =
                        new ScriptedUpstream(
                                certificate.server(),
                                conversation -> {
                                    conversation.request();
                                    conversation.say("HTTP/1.1 200 OK\r\n\r\n");
                                    while (!conversation.socket().isClosed()) {
                                        conversation.say("x".repeat(MOST));
                                    }
                                });
                DocumentFetch fetch = fetch(LONG)) {
            assertThrows(IOException.class, () -> fetch.get(issuer.uri("https"), MOST));
            assertThrows(IOException.class, () -> fetch.get(endless.uri("https"), MOST));
        }
    }

    @Test
    void anAnswerThatDoesNotComeToItsEndIsNotWaitedFor() throws Exception {
        for (String beginning :
                new String[] {"", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"}) {
            try (ScriptedUpstream issuer =
                            new ScriptedUpstream(
                                    certificate.server(),
                                    conversation -> {
                                        conversation.request();
                                        conversation.say(beginning).awaitClose();
                                    });
                    DocumentFetch fetch = fetch(Duration.ofMillis(500))) {
                assertThrows(IOException.class, () -> fetch.get(issuer.uri("https"), MOST));
            }
        }
    }

    @Test
    void onlyTheNameThatWasAskedForMayAnswer() throws Exception {
        TestCertificate other = TestCertificate.forHost("other.example");
        try (ScriptedUpstream issuer =
                        new ScriptedUpstream(
                                other.server(), conversation -> conversation.request());
                DocumentFetch fetch = new DocumentFetch(Optional.of(other.client()), LONG);
                DocumentFetch strict = new DocumentFetch(Optional.empty(), LONG)) {
            assertThrows(IOException.class, () -> fetch.get(issuer.uri("https"), MOST));
            assertThrows(IOException.class, () -> strict.get(issuer.uri("https"), MOST));
        }
    }

    @Test
    void nothingIsFetchedInTheClear() throws Exception {
        try (DocumentFetch fetch = fetch(LONG)) {
            assertThrows(
                    IOException.class,
                    () -> fetch.get(URI.create("http://127.0.0.1:9/jwks"), MOST));
        }
    }
}
