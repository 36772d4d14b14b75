package io.gemproxy.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.simulator.record.Seen;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two gigabytes each way through a process with a heap of 128 MiB. */
@SuppressWarnings("NullAway.Init") // set before all tests
final class FlatMemoryIT {
    private static final long SIZE = 2L << 30;

    private static Bench bench;

    @BeforeAll
    static void start() throws Exception {
        bench = Bench.start(BenchOptions.keys(1, 1, 1).heap("128m"));
    }

    @AfterAll
    static void stop() throws Exception {
        bench.close();
    }

    private static String credential() {
        return "x-goog-api-key: " + bench.token() + "\r\n";
    }

    @Test
    void anUploadInOnePiece() throws Exception {
        String start =
                credential()
                        + "X-Goog-Upload-Protocol: resumable\r\nX-Goog-Upload-Command: start\r\n"
                        + "X-Goog-Upload-Header-Content-Type: video/mp4\r\n"
                        + "X-Goog-Upload-Header-Content-Length: "
                        + SIZE
                        + "\r\n";
        RawClient.Answer started =
                RawClient.ask(bench.port(), "POST", "/upload/v1beta/files", start, "{\"file\":{}}");
        assertEquals(200, started.status(), started.body());
        String url = header(started.head(), "x-goog-upload-url");
        assertTrue(url.startsWith(bench.url() + "/upload/"), "the upload URL leads elsewhere");

        String answer = sendPiece(url.substring(bench.url().length()));

        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertTrue(answer.contains("\"sizeBytes\": \"" + SIZE + "\""), answer);
        long received =
                bench.simulator().record().stream().mapToLong(Seen::bodyLength).max().orElse(0);
        assertEquals(SIZE, received);
    }

    private static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    /** No credential: the upload id in the URL is the permission. */
    private static String sendPiece(String target) throws IOException {
        try (RawClient client = new RawClient(bench.port())) {
            String head =
                    "POST "
                            + target
                            + " HTTP/1.1\r\nHost: 127.0.0.1:"
                            + bench.port()
                            + "\r\nConnection: close\r\nX-Goog-Upload-Command: upload, finalize\r\n"
                            + "X-Goog-Upload-Offset: 0\r\nContent-Length: "
                            + SIZE
                            + "\r\n\r\n";
            OutputStream out = client.out();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] piece = new byte[1 << 20];
            for (long sent = 0; sent < SIZE; sent += piece.length) {
                out.write(piece);
            }
            out.flush();
            return new String(client.in().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aDownload() throws Exception {
        try (RawClient client = new RawClient(bench.port())) {
            client.send(
                    "GET", "/v1beta/files/huge-" + SIZE + ":download?alt=media", credential(), "");
            String head = client.readUntil("\r\n\r\n");
            assertTrue(head.startsWith("HTTP/1.1 200 "), head);
            assertEquals(Long.toString(SIZE), header(head, "content-length"));
            long received = 0;
            byte[] buffer = new byte[1 << 20];
            for (int n = client.in().read(buffer); n >= 0; n = client.in().read(buffer)) {
                for (int i = 0; i < n; i += 4096) {
                    assertEquals(
                            (byte) ((received + i) % 251), buffer[i], "byte " + (received + i));
                }
                received += n;
            }
            assertEquals(SIZE, received);
        }
    }
}
