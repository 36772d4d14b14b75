package io.gemproxy.server.proxy;

import io.gemproxy.server.gemini.InBandErrors;
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
    private final InBandErrors errors;
    private final BooleanSupplier clientGone;
    private final Runnable ending;

    /**
     * @param ending runs when all of the answer was seen, before the client can know that it ends
     */
    Relay(
            ServerResponse response,
            Progress progress,
            Observer observer,
            InBandErrors errors,
            BooleanSupplier clientGone,
            Runnable ending) {
        this.ending = ending;
        this.errors = errors;
        this.response = response;
        this.progress = progress;
        this.observer = observer;
        this.clientGone = clientGone;
    }

    /** Whether a body of that length, -1 if unknown, leaves before it is read whole. */
    static boolean announces(long length) {
        return length > ONE_WRITE;
    }

    /** Sends the body; the head is already set. Ends the connection if either side breaks. */
    void body(UpstreamResponse answer, long length, boolean bodyless) {
        if (bodyless) {
            empty(answer.status(), length);
        } else if (length >= 0 && !announces(length)) {
            whole(answer, (int) length);
        } else {
            stream(answer.body(), length);
        }
        progress.completed();
    }

    /** HEAD, 204 and 304: what the length would have been may be told, but never for 204. */
    private void empty(int status, long length) {
        ending.run();
        response.headers().set(WireHeader.lengthOfNothing(status == 204 ? -1 : length));
        send(() -> response.send());
    }

    private void whole(UpstreamResponse answer, int length) {
        byte[] bytes = progress.waitingFor(() -> readWhole(answer.body(), length));
        observer.passing(bytes, 0, length);
        byte[] clean = judged(() -> errors.whole(bytes));
        ending.run();
        progress.sent(clean.length);
        response.headers().contentLength(clean.length);
        send(() -> response.send(clean));
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
            ending.run();
            send(() -> response.send());
            return;
        }
        OutputStream out = response.outputStream();
        while (got >= 0) {
            pass(out, buffer, got);
            got = next(body, buffer);
        }
        judged(() -> {
            errors.finish();
            return true;
        });
        ending.run();
        send(out::close);
    }

    private void pass(OutputStream out, byte[] bytes, int count) {
        observer.passing(bytes, 0, count);
        if (judged(() -> errors.passes(bytes, count))) {
            write(out, bytes, count);
            return;
        }
        byte[] rewritten = errors.rewritten();
        if (rewritten.length > 0) {
            write(out, rewritten, rewritten.length);
        }
    }

    private <T> T judged(Judgement<T> judgement) {
        try {
            return judgement.judge();
        } catch (IOException unfit) {
            throw upstreamBroken(unfit);
        }
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
        progress.sent(count);
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

    /** May find that an answer has to be cut. */
    @FunctionalInterface
    private interface Judgement<T> {
        T judge() throws IOException;
    }

    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }
}
