package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.BodyRefused;
import io.gemproxy.server.exchange.ClientConnection;
import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.exchange.RequestId;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One client's connection: the parser reads through its guard, and its silences are bounded. */
final class DownstreamConnection extends ForwardedContext implements ClientConnection {
    /** Same connection as {@link ClientConnection#CURRENT}, for the listener's own use. */
    static final ScopedValue<DownstreamConnection> OWN = ScopedValue.newInstance();

    private static final int LINGER_BYTES = 1 << 20;
    private static final int DRAIN_BYTES = 64 * 1024;

    private final Connections connections;
    private final Timeouts timeouts;
    private final Deadlines deadlines;
    private final HeadRefusals refusals;
    private final LongSupplier nanoTime;
    private final WireGuard guard;
    private final BodyPace pace;
    private final DataReader reader;
    private final DataWriter writer;
    private final Inbox inbox;
    private volatile boolean requestRead;
    private boolean inBody;
    private volatile boolean tooSlow;

    DownstreamConnection(
            ConnectionContext context,
            Connections connections,
            Timeouts timeouts,
            WireLimits limits,
            HeadRefusals refusals,
            LongSupplier nanoTime) {
        super(context);
        this.connections = connections;
        this.timeouts = timeouts;
        this.deadlines = new Deadlines(timeouts, nanoTime);
        this.refusals = refusals;
        this.nanoTime = nanoTime;
        this.guard = new WireGuard(limits);
        this.pace = new BodyPace(timeouts.bodyBytesPerSecond());
        this.reader = DataReader.create(this::pull);
        this.inbox = new Inbox(context.serverSocket());
        this.writer = new TimedWriter(context.dataWriter(), this);
    }

    private byte[] pull() {
        try {
            while (true) {
                byte[] out = guard.next();
                if (out != null) {
                    requestRead = !guard.bodyPending();
                    inBody &= guard.bodyPending();
                    deadlines.headTaken();
                    return out;
                }
                guard.offer(guard.bodyPending() ? bodyBytes() : receive());
                if (!guard.bodyPending()) {
                    deadlines.headBegins();
                }
            }
        } catch (WireFaultException e) {
            throw refuse(e.fault());
        }
    }

    private byte[] bodyBytes() {
        if (tooSlow) {
            throw new BodyRefused(new Rejection.TooSlow(timeouts.bodyBytesPerSecond()));
        }
        if (!inBody) {
            inBody = true;
            pace.begin();
        }
        long asked = nanoTime.getAsLong();
        byte[] bytes = receive();
        pace.received(bytes.length, nanoTime.getAsLong() - asked);
        if (pace.isTooSlow()) {
            tooSlow = true;
            throw new BodyRefused(new Rejection.TooSlow(timeouts.bodyBytesPerSecond()));
        }
        return bytes;
    }

    private byte[] receive() {
        deadlines.reading(guard.phase());
        byte[] bytes = inbox.take();
        deadlines.read();
        if (bytes == null) {
            throw new CloseConnectionException("the client left");
        }
        connections.received(bytes.length);
        return bytes;
    }

    private RuntimeException refuse(WireFault fault) {
        if (guard.bodyPending()) {
            return new BodyRefused(
                    fault == WireFault.BODY_TOO_LARGE
                            ? new Rejection.TooLarge(guard.bodyLimit())
                            : new Rejection.Invalid(fault.name(), fault.message()));
        }
        RequestId id = refusals.ids().get();
        Optional<RequestLine> line = guard.refusedLine();
        byte[] body = refusals.shape().body(line, fault, id);
        boolean bodyless = line.map(RequestLine::method).orElse("").equals("HEAD");
        boolean delivered = deliver(ErrorAnswer.raw(fault, id, refusals.shape(), body, bodyless));
        refusals.told()
                .accept(
                        new RefusedHead(
                                id,
                                fault,
                                line,
                                PeerAddress.of(remotePeer()),
                                deadlines.headStart(),
                                bodyless ? 0 : body.length,
                                delivered));
        if (delivered) {
            linger();
        }
        return new CloseConnectionException(fault.name());
    }

    private boolean deliver(byte[] answer) {
        try {
            writer.writeNow(BufferData.create(answer));
            return true;
        } catch (UncheckedIOException gone) {
            return false;
        }
    }

    /** Takes and drops what the client still sends, for a short while. */
    void linger() {
        deadlines.lingering();
        int left = LINGER_BYTES;
        byte[] bytes = inbox.take();
        while (bytes != null && left > 0) {
            left -= bytes.length;
            bytes = inbox.take();
        }
    }

    /** Whether the rest of the request is too much to be read and dropped. */
    boolean unreadableRest() {
        return tooSlow
                || guard.phase() == WireGuard.Phase.FAILED
                || (guard.bodyPending()
                        && (guard.head().expectsContinue() || guard.bodyLeft() > DRAIN_BYTES));
    }

    boolean bodyPending() {
        return guard.phase() == WireGuard.Phase.FAILED || guard.bodyPending();
    }

    /** Whether the client wants the connection closed after this request. */
    boolean closeAsked() {
        return guard.head().close();
    }

    /** False if the declared length is larger; else the body may not grow beyond it. */
    boolean limitBody(long bytes) {
        guard.limitBody(bytes);
        return guard.head().length() <= bytes;
    }

    boolean draining() {
        return connections.draining();
    }

    void writing(long bytes) {
        connections.sent(bytes);
        deadlines.writing();
    }

    void written() {
        deadlines.written();
    }

    void closeIfLate(long now) {
        if (deadlines.areOver(now)) {
            abort();
        }
    }

    /** While the listener drains nobody waits long for a request that may never come. */
    void closeIfIdle(Duration tooLong, long now) {
        if (deadlines.idleFor(tooLong, now)) {
            abort();
        }
    }

    /** Closes the socket at once, from any thread. */
    void abort() {
        try {
            serverSocket().close();
        } catch (RuntimeException e) {
            // Closing a socket that failed already: nothing is left to do.
            return;
        }
    }

    @Override
    public Watch watch(Runnable onGone) {
        return inbox.watch(onGone);
    }

    @Override
    public boolean requestRead() {
        return requestRead;
    }

    @Override
    public List<HeaderField> fieldsWithObsText() {
        return guard.fieldsWithObsText();
    }

    @Override
    public boolean gone() {
        return inbox.ended();
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }
}
