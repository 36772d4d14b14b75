package io.gemproxy.simulator.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** What is to be sent for one request. */
public final class Answer {
    private final int status;
    private final Headers headers;
    private final Body body;

    /** How the body comes about. */
    public sealed interface Body permits Whole, Chunked, Events, Generated, Raw, Upgraded {}

    /** All bytes at hand; sent with a Content-Length. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Whole(byte[] bytes) implements Body {}

    /** All bytes at hand; sent chunked, as Google sends compressed answers. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Chunked(byte[] bytes) implements Body {}

    /** A stream of pieces, each flushed on its own as one chunk. */
    public record Events(List<byte[]> pieces) implements Body {}

    /** Bytes made while they are sent; sent with a Content-Length. */
    public record Generated(long length, Source source) implements Body {}

    /**
     * The exact bytes of the whole answer, head included; kept alive after them when they say where
     * they end.
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Raw(byte[] bytes) implements Body {}

    /** Nothing: after the head the connection is a WebSocket. */
    public record Upgraded(Talk talk) implements Body {}

    /** What is said over a WebSocket; the connection is closed when it returns. */
    public interface Talk {
        void over(WebSocket socket) throws IOException;
    }

    /** Writes exactly the announced number of bytes. */
    public interface Source {
        void writeTo(OutputStream out) throws IOException;
    }

    public Answer(int status, Headers headers, Body body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** A status with headers and nothing after them. */
    public static Answer empty(int status, Headers headers) {
        return new Answer(status, headers, new Whole(new byte[0]));
    }

    /** An answer of that content type. */
    public static Answer of(int status, String contentType, byte[] bytes) {
        return new Answer(status, new Headers().add("Content-Type", contentType), new Whole(bytes));
    }

    public int status() {
        return status;
    }

    public Headers headers() {
        return headers;
    }

    public Body body() {
        return body;
    }
}
