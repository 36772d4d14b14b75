package io.gemproxy.server.upstream;

import io.gemproxy.server.upstream.UpstreamException.Fault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/** One exchange: its request, its deadlines, its single retry, and the way to abort it. */
final class ApacheUpstreamCall implements UpstreamCall, ExchangeProgress, Watchdog.Watched {
    private static final Duration SUSPICIOUS_WRITE = Duration.ofMillis(100);

    private final ApacheUpstreamClient client;
    private final UpstreamRequest request;
    private final Deadlines deadlines;
    private final AtomicReference<@Nullable Fault> ended = new AtomicReference<>();
    private volatile @Nullable HttpUriRequestBase sent;
    private volatile @Nullable StrictConnection uploading;
    private @Nullable StrictConnection used;
    private volatile long writingSince;
    private volatile boolean connected;
    private volatile boolean mayHaveActed;
    private boolean reusedFailed;

    ApacheUpstreamCall(ApacheUpstreamClient client, UpstreamRequest request) {
        this.client = client;
        this.request = request;
        this.deadlines = new Deadlines(client.now(), client.config().totalTimeout());
    }

    @Override
    public UpstreamResponse send() throws UpstreamException {
        HttpUriRequestBase first = client.message(request);
        client.watchdog().watch(this);
        boolean answered = false;
        try {
            ClassicHttpResponse response = attempts(first);
            answered = true;
            return new ApacheUpstreamResponse(this, response);
        } catch (IOException | HttpException | RuntimeException e) {
            throw failure(e);
        } finally {
            if (!answered) {
                client.watchdog().forget(this);
            }
        }
    }

    private ClassicHttpResponse attempts(HttpUriRequestBase first)
            throws IOException, HttpException {
        try {
            return attempt(first, false);
        } catch (IOException e) {
            boolean untouched = e instanceof StaleConnectionException;
            boolean replayable =
                    request.repeatable() && !(request.body() instanceof UpstreamRequest.Stream);
            boolean over = ended.get() != null || Thread.currentThread().isInterrupted();
            if (over || !(untouched || (reusedFailed && replayable))) {
                throw e;
            }
        }
        connected = false;
        return attempt(client.message(request), true);
    }

    private ClassicHttpResponse attempt(HttpUriRequestBase message, boolean fresh)
            throws IOException, HttpException {
        sent = message;
        if (ended.get() != null) {
            throw new IOException("ended before it started");
        }
        deadlines.arm(client.now(), client.config().connectTimeout());
        return client.execute(message, this, fresh);
    }

    @Override
    public void abort() {
        end(Fault.ABORTED);
    }

    /** Ends the exchange for the given reason unless it has ended already; never blocks. */
    void end(Fault fault) {
        if (ended.compareAndSet(null, fault)) {
            HttpUriRequestBase message = sent;
            if (message != null) {
                message.cancel();
            }
        }
    }

    /** The exchange is over and its connection given back or cut. */
    void over() {
        client.watchdog().forget(this);
    }

    void reading() {
        deadlines.arm(client.now(), client.config().streamIdleTimeout());
    }

    void readDone() {
        deadlines.disarm();
    }

    /** Whether the answer's last byte has been read, which may be before its end was reported. */
    boolean isWhole() {
        StrictConnection connection = used;
        return connection != null && connection.isWhole();
    }

    /** Says why a body broke off; the exchange ends with it. */
    BrokenAnswerException broken(IOException cause) {
        Fault reason = reason(cause);
        end(reason);
        over();
        return new BrokenAnswerException(reason, message(reason), cause);
    }

    @Override
    public void tick(long now) {
        if (deadlines.passed(now)) {
            end(Fault.TIMEOUT);
        }
        StrictConnection connection = uploading;
        long since = writingSince;
        if (connection != null && since != 0 && now - since > SUSPICIOUS_WRITE.toNanos()) {
            writingSince = now;
            Thread.startVirtualThread(connection::freeRefusedWriter);
        }
    }

    @Override
    public void sending(StrictConnection connection) {
        connected = true;
        deadlines.disarm();
        uploading = connection;
        used = connection;
    }

    @Override
    public void writing(boolean now) {
        if (now) {
            long time = client.now();
            writingSince = time;
            deadlines.arm(time, client.config().streamIdleTimeout());
        } else {
            writingSince = 0;
            deadlines.disarm();
        }
    }

    @Override
    public void requestAboutToBeComplete() {
        mayHaveActed = true;
    }

    @Override
    public void awaitingHead() {
        uploading = null;
        writingSince = 0;
        Duration configured = client.config().firstByteTimeout();
        deadlines.arm(client.now(), request.firstByteTimeout().orElse(configured));
    }

    @Override
    public void headArrived() {
        deadlines.disarm();
    }

    @Override
    public void reusedConnectionFailed() {
        reusedFailed = true;
    }

    private UpstreamException failure(Exception cause) {
        Fault fault = reason(cause);
        end(fault);
        return new UpstreamException(fault, mayHaveActed, message(fault), cause);
    }

    private Fault reason(Exception cause) {
        Fault known = ended.get();
        if (known != null) {
            return known;
        }
        if (Thread.currentThread().isInterrupted()) {
            return Fault.ABORTED;
        }
        return switch (cause) {
            case ConnectionRequestTimeoutException full -> Fault.TIMEOUT;
            case ConnectTimeoutException slow -> Fault.TIMEOUT;
            case RequestBodyException body -> Fault.REQUEST_BODY;
            case MalformedAnswerException malformed -> Fault.MALFORMED;
            case SSLException tls -> Fault.TLS;
            case ConnectException refused -> Fault.CONNECT;
            case UnknownHostException unknown -> Fault.CONNECT;
            default -> connected ? Fault.RESET : Fault.CONNECT;
        };
    }

    private String message(Fault fault) {
        return client.host() + ": " + fault;
    }
}
