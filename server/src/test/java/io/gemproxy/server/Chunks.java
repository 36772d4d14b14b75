package io.gemproxy.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The chunks of a streamed answer, and how far the client has them. */
final class Chunks {
    /** A stream with more chunks than this is not confirmed chunk by chunk. */
    private static final int MOST = 400;

    /**
     * The end of a chunk.
     *
     * @param wireEnd in the answer's bytes, after the chunk's last CRLF
     * @param bodyEnd in the body
     */
    record Cut(int wireEnd, int bodyEnd) {}

    private final List<Cut> cuts;
    private final Duration patience;
    private int arrived;

    private Chunks(List<Cut> cuts, Duration patience) {
        this.cuts = List.copyOf(cuts);
        this.patience = patience;
    }

    /**
     * None if the answer is not chunked, or is an error, which the proxy reads before it passes.
     */
    static Chunks of(byte[] answer, Duration patience) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("\r\n\r\n") + 4;
        String head = text.substring(0, at).toLowerCase(java.util.Locale.ROOT);
        boolean chunked = head.contains("\r\ntransfer-encoding: chunked\r\n");
        boolean success = head.startsWith("http/1.1 2");
        List<Cut> cuts = chunked && success ? cuts(text, at) : List.of();
        return new Chunks(cuts.size() <= MOST ? cuts : List.of(), patience);
    }

    private static List<Cut> cuts(String text, int start) {
        List<Cut> cuts = new ArrayList<>();
        int at = start;
        int body = 0;
        while (true) {
            int end = text.indexOf("\r\n", at);
            int size = Integer.parseInt(text.substring(at, end).split(";", 2)[0].strip(), 16);
            if (size == 0) {
                return cuts;
            }
            at = end + 2 + size + 2;
            body += size;
            cuts.add(new Cut(at, body));
        }
    }

    List<Cut> cuts() {
        return cuts;
    }

    /** The client has that much of the body. */
    synchronized void arrived(int bytes) {
        arrived = bytes;
        notifyAll();
    }

    /** Waits until the client has that much; says nothing more if it does not get it. */
    synchronized void awaitArrival(int bytes) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (arrived < bytes) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new InterruptedException("chunk held back by the proxy");
            }
            wait(left);
        }
    }
}
