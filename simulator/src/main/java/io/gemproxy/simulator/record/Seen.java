package io.gemproxy.simulator.record;

import io.gemproxy.simulator.http.Exchange;
import io.gemproxy.simulator.http.Header;
import io.gemproxy.simulator.http.RequestHead;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request the simulator received and how its answer ended. */
public final class Seen {
    private final long number;
    private final long connection;
    private final RequestHead head;
    private final Capture body;
    private final CompletableFuture<Void> closed;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private volatile @Nullable String key;
    private volatile @Nullable String project;

    /** The status, the body bytes sent, and whether the answer went out as planned. */
    public record Outcome(int status, long bodyBytes, boolean complete) {}

    Seen(long number, Exchange exchange, int bodyCap) {
        this.number = number;
        this.connection = exchange.connection();
        this.head = exchange.head();
        this.closed = exchange.peer().gone();
        this.body = new Capture(bodyCap);
        exchange.body().tap(body);
    }

    /** Notes whose request it is. */
    public void owner(String keyId, String projectId) {
        key = keyId;
        project = projectId;
    }

    /** Notes how the answer ended. */
    public void ended(int status, long bodyBytes, boolean complete) {
        outcome.complete(new Outcome(status, bodyBytes, complete));
    }

    /** Its number: 1 for the first request the simulator saw. */
    public long number() {
        return number;
    }

    /** Which connection it came on. */
    public long connection() {
        return connection;
    }

    public String method() {
        return head.method();
    }

    /** The request-target exactly as received. */
    public String rawTarget() {
        return head.rawTarget();
    }

    /** The decoded path. */
    public String path() {
        return head.target().path();
    }

    /** The header lines in the order received. */
    public List<Header> headers() {
        return head.headers().list();
    }

    /** The first value of that header (case ignored), or null. */
    public @Nullable String header(String name) {
        return head.headers().first(name);
    }

    /** The body, up to the recorder's cap. */
    public byte[] body() {
        return body.bytes();
    }

    /** The body read as UTF-8, up to the recorder's cap. */
    public String bodyText() {
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }

    /** How many body bytes arrived, beyond the cap too. */
    public long bodyLength() {
        return body.length();
    }

    /** SHA-256 of the whole body in hexadecimal. */
    public String bodySha256() {
        return body.sha256Hex();
    }

    /** The id of the key it came with; null when there was none, or an unknown one. */
    public @Nullable String key() {
        return key;
    }

    /** The project of that key. */
    public @Nullable String project() {
        return project;
    }

    /** Whether the query holds a credential: key= or access_token=. */
    public boolean credentialInUrl() {
        return head.target().parameter("key") != null
                || head.target().parameter("access_token") != null;
    }

    /** How its answer ended; null while it has not. */
    public @Nullable Outcome outcome() {
        return outcome.getNow(null);
    }

    /** Whether its connection is over. */
    public boolean closed() {
        return closed.isDone();
    }

    /** Waits until its connection is over; false when the deadline passed first. */
    public boolean awaitClosed(Duration deadline) throws InterruptedException {
        return await(closed, deadline);
    }

    /** Waits until its answer was sent or broke off; null when the deadline passed first. */
    public @Nullable Outcome awaitAnswered(Duration deadline) throws InterruptedException {
        return await(outcome, deadline) ? outcome.getNow(null) : null;
    }

    private static boolean await(CompletableFuture<?> future, Duration deadline)
            throws InterruptedException {
        try {
            var _ = future.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("these futures never fail", impossible);
        }
    }

    /** Method and path; never headers, query or body. */
    @Override
    public String toString() {
        return number + " " + method() + " " + path();
    }
}
