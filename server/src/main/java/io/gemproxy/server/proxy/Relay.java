package io.gemproxy.server.proxy;

import io.gemproxy.server.upstream.UpstreamResponse;
import io.gemproxy.server.usage.UsageTap;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;

/**
 * Step 7: the answer's bytes, as they come. After the first byte nothing is retried; a broken
 * answer is cut visibly.
 */
final class Relay {
    private static final int BUFFER = 16 * 1024;

    /** An answer of known length up to this size leaves in one write. */
    private static final int ONE_WRITE = 64 * 1024;

    private final ServerResponse response;
    private final Progress progress;
    private final Observer observer;
    private final BooleanSupplier clientGone;

    Relay(
            ServerResponse response,
            Progress progress,
            Observer observer,
            BooleanSupplier clientGone) {
        this.response = response;
        this.progress = progress;
        this.observer = observer;
        this.clientGone = clientGone;
    }

    /** Sends the body; the head is already set. Ends the connection if either side breaks. */
    void body(UpstreamResponse answer, long length, boolean bodyless) {
        if (bodyless) {
            empty(answer.status(), length);
        } else if (length >= 0 && length <= ONE_WRITE) {
            whole(answer, (int) length);
        } else {
            stream(answer.body(), length);
        }
        progress.completed();
    }

    /** HEAD, 204 and 304: what the length would have been may be told, but never for 204. */
    private void empty(int status, long length) {
        response.headers().set(WireHeader.lengthOfNothing(status == 204 ? -1 : length));
        send(() -> response.send());
    }

    private void whole(UpstreamResponse answer, int length) {
        byte[] bytes = progress.waitingFor(() -> readWhole(answer.body(), length));
        observer.passing(bytes, 0, length);
        progress.sent(length);
        response.headers().contentLength(length);
        send(() -> response.send(bytes));
    }

    private byte[] readWhole(InputStream body, int length) {
        try {
            byte[] bytes = body.readNBytes(length);
            if (bytes.length < length || body.read() >= 0) {
                throw new IOException("answer length differs from its Content-Length");
            }
            return bytes;
        } catch (IOException broken) {
            throw upstreamBroken(broken);
        }
    }

    private void stream(InputStream body, long length) {
        if (length >= 0) {
            response.headers().set(HeaderNames.CONTENT_LENGTH, Long.toString(length));
        }
        byte[] buffer = new byte[BUFFER];
        int got = next(body, buffer);
        if (got < 0) {
            send(() -> response.send());
            return;
        }
        OutputStream out = response.outputStream();
        while (got >= 0) {
            observer.passing(buffer, 0, got);
            write(out, buffer, got);
            progress.sent(got);
            got = next(body, buffer);
        }
        send(out::close);
    }

    private int next(InputStream body, byte[] buffer) {
        return progress.waitingFor(() -> {
            try {
                return body.read(buffer);
            } catch (IOException broken) {
                throw upstreamBroken(broken);
            }
        });
    }

    private void write(OutputStream out, byte[] buffer, int count) {
        send(() -> {
            out.write(buffer, 0, count);
            out.flush();
        });
    }

    private void send(Write work) {
        try {
            work.run();
        } catch (IOException | UncheckedIOException | CloseConnectionException gone) {
            progress.abortedByClient();
            throw new CloseConnectionException("client left", gone);
        }
    }

    private CloseConnectionException upstreamBroken(IOException broken) {
        if (clientGone.getAsBoolean()) {
            progress.abortedByClient();
        } else {
            progress.failed("upstream_broken");
        }
        return new CloseConnectionException("answer broken off", broken);
    }

    /** Sees the bytes of an answer pass, before they leave; must not change or keep the array. */
    interface Observer {
        void passing(byte[] bytes, int offset, int count);
    }

    /** An observer that feeds a tap. */
    static Observer tapping(UsageTap tap, Observer also) {
        return (bytes, offset, count) -> {
            also.passing(bytes, offset, count);
            tap.write(bytes, offset, count);
        };
    }

    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }
}
