package io.gemproxy.server.listener.inherited;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The inherited socket: it can stop taking connections without being closed. Who connects then
 * waits in the kernel for the next process that inherits it. It is never closed by us: the JDK
 * would redirect the standard streams together with it.
 */
public final class InheritedListener {
    private static final int FIRST_SWEEP = 64;

    private final ServerSocketChannel channel;
    private final Selector arrival;
    private final ReentrantLock taking = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<SocketChannel> taken = new ArrayList<>();
    private int sweepAt = FIRST_SWEEP;
    private volatile boolean stopped;

    private InheritedListener(ServerSocketChannel channel, Selector arrival) {
        this.channel = channel;
        this.arrival = arrival;
    }

    static InheritedListener of(ServerSocketChannel channel, Selector arrival) throws IOException {
        channel.configureBlocking(false);
        channel.register(arrival, SelectionKey.OP_ACCEPT);
        return new InheritedListener(channel, arrival);
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /** The port that it was bound to by whoever opened it. */
    public int port() throws IOException {
        return channel.getLocalAddress() instanceof InetSocketAddress address
                ? address.getPort()
                : -1;
    }

    /** The address that it was bound to by whoever opened it. */
    public Optional<InetAddress> address() throws IOException {
        return channel.getLocalAddress() instanceof InetSocketAddress bound
                ? Optional.ofNullable(bound.getAddress())
                : Optional.empty();
    }

    /** Waits for a connection; when it has stopped, for its close. */
    SocketChannel accept() throws IOException {
        while (!stopped) {
            arrival.select();
            arrival.selectedKeys().clear();
            SocketChannel next = take();
            if (next != null) {
                return next;
            }
        }
        awaitClose();
        throw new AsynchronousCloseException();
    }

    private @Nullable SocketChannel take() throws IOException {
        taking.lock();
        try {
            SocketChannel next = stopped ? null : channel.accept();
            if (next != null) {
                remember(next);
            }
            return next;
        } finally {
            taking.unlock();
        }
    }

    /** What was closed is forgotten whenever there is twice as much as was left before. */
    private void remember(SocketChannel next) {
        if (taken.size() >= sweepAt) {
            taken.removeIf(it -> !it.isOpen());
            sweepAt = Math.max(FIRST_SWEEP, 2 * taken.size());
        }
        taken.add(next);
    }

    private void awaitClose() throws AsynchronousCloseException {
        try {
            closed.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new AsynchronousCloseException();
        }
    }

    /** Takes no connection any more; those that come wait for the next process. */
    public void stop() {
        taking.lock();
        try {
            stopped = true;
        } finally {
            taking.unlock();
        }
        arrival.wakeup();
    }

    /** How many of the connections that were taken are open, handshakes under way among them. */
    public int open() {
        taking.lock();
        try {
            taken.removeIf(it -> !it.isOpen());
            return taken.size();
        } finally {
            taking.unlock();
        }
    }

    /** Ends the wait of who accepts. */
    void close() {
        stop();
        closed.countDown();
    }
}
