package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.ClientConnection;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One client connection: what Helidon reads of it passes the guard, and how long it waits is on
 * record.
 */
final class GuardedConnection implements ConnectionContext, ClientConnection {
    /** What a client may still send of a body nobody wants before the connection is closed. */
    private static final long UNWANTED_BYTES = 4L * 1024 * 1024;

    private static final byte[] END = new byte[0];

    private final ConnectionContext context;
    private final LongSupplier nanoTime;
    private final WireGuard guard = new WireGuard(this::receive);
    private final DataReader reader = DataReader.create(this::pull);
    private final StallClock stall;
    private final DataWriter writer;
    private @Nullable CompletableFuture<byte[]> watching;
    private volatile boolean gone;
    private volatile boolean unwanted;
    private long unwantedBytes;

    GuardedConnection(ConnectionContext context, LongSupplier nanoTime) {
        this.context = context;
        this.nanoTime = nanoTime;
        this.stall = new StallClock(nanoTime);
        this.writer = new TimedWriter(context.dataWriter(), stall);
    }

    StallClock stall() {
        return stall;
    }

    /** Closes the socket from another thread; whoever reads or writes fails at once. */
    void cut() {
        context.serverSocket().close();
    }

    /** Whether the last request was read to its end. */
    boolean requestRead() {
        return guard.betweenMessages();
    }

    /**
     * The answer is out: whatever is left of the request body is read only to be thrown away, and
     * not for long.
     */
    void unwanted() {
        unwanted = true;
        unwantedBytes = 0;
    }

    @Override
    public boolean gone() {
        return gone;
    }

    @Override
    public synchronized Watch watch(Runnable onGone) {
        OneWatch watch = new OneWatch(onGone);
        if (watching == null) {
            CompletableFuture<byte[]> read = new CompletableFuture<>();
            watching = read;
            Thread.ofVirtual().name("client-watch").start(() -> readAhead(read));
        }
        watching.thenAccept(bytes -> {
            if (bytes == END) {
                watch.fire();
            }
        });
        return watch;
    }

    private void readAhead(CompletableFuture<byte[]> read) {
        byte[] bytes = END;
        try {
            byte[] got = context.serverSocket().get();
            bytes = got == null ? END : got;
        } catch (RuntimeException broken) {
            bytes = END;
        } finally {
            gone |= bytes == END;
            read.complete(bytes);
        }
    }

    /** For Helidon's parser. */
    private byte @Nullable [] pull() {
        try {
            byte[] bytes = guard.next();
            if (unwanted && bytes != null) {
                countUnwanted(bytes.length);
            }
            return bytes;
        } catch (WireViolationException violation) {
            WireAnswers.refuse(context, violation);
            throw new CloseConnectionException("request refused: " + violation.getMessage());
        }
    }

    private void countUnwanted(int bytes) {
        if (guard.betweenMessages()) {
            unwanted = false;
            return;
        }
        unwantedBytes += bytes;
        if (unwantedBytes > UNWANTED_BYTES) {
            throw new CloseConnectionException("request body not wanted");
        }
    }

    /** For the guard. */
    private byte @Nullable [] receive() {
        byte[] ahead = takeAhead();
        if (ahead != null) {
            return ahead == END ? null : ahead;
        }
        stall.reading(phase());
        try {
            return context.serverSocket().get();
        } finally {
            stall.done();
        }
    }

    private StallClock.Phase phase() {
        if (unwanted && !guard.betweenMessages()) {
            return StallClock.Phase.UNWANTED;
        }
        if (guard.insideHead()) {
            return StallClock.Phase.HEAD;
        }
        return guard.betweenMessages() ? StallClock.Phase.BETWEEN : StallClock.Phase.BODY;
    }

    private byte @Nullable [] takeAhead() {
        CompletableFuture<byte[]> read;
        synchronized (this) {
            read = watching;
            watching = null;
        }
        if (read == null) {
            return null;
        }
        stall.reading(phase());
        try {
            return read.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("stopping", stopping);
        } finally {
            stall.done();
        }
    }

    @Override
    public ListenerContext listenerContext() {
        return context.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return context.executor();
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public Router router() {
        return context.router();
    }

    @Override
    public io.helidon.common.socket.HelidonSocket serverSocket() {
        return context.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
        return context.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return context.localPeer();
    }

    @Override
    public boolean isSecure() {
        return context.isSecure();
    }

    @Override
    public String socketId() {
        return context.socketId();
    }

    @Override
    public String childSocketId() {
        return context.childSocketId();
    }

    /** A watch whose owner may lose interest. */
    private static final class OneWatch implements Watch {
        private @Nullable Runnable onGone;

        OneWatch(Runnable onGone) {
            this.onGone = onGone;
        }

        synchronized void fire() {
            if (onGone != null) {
                onGone.run();
                onGone = null;
            }
        }

        @Override
        public synchronized void close() {
            onGone = null;
        }
    }

    /** Puts every write on the clock, so that a client that does not read is noticed. */
    private record TimedWriter(DataWriter delegate, StallClock stall) implements DataWriter {
        @Override
        public void write(BufferData... buffers) {
            timed(() -> delegate.write(buffers));
        }

        @Override
        public void write(BufferData buffer) {
            timed(() -> delegate.write(buffer));
        }

        @Override
        public void writeNow(BufferData... buffers) {
            timed(() -> delegate.writeNow(buffers));
        }

        @Override
        public void writeNow(BufferData buffer) {
            timed(() -> delegate.writeNow(buffer));
        }

        @Override
        public void flush() {
            timed(delegate::flush);
        }

        @Override
        public void close() {
            delegate.close();
        }

        private void timed(Runnable write) {
            stall.writing();
            try {
                write.run();
            } finally {
                stall.written();
            }
        }
    }
}
