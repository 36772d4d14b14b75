package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.ClientConnection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The receiving end of a socket, which can be read and watched at the same time. */
final class Inbox {
    private static final int MAX_HELD_BYTES = 64 * 1024;

    private final Supplier<byte[]> socket;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> held = new ArrayDeque<>();
    private int heldBytes;
    private boolean listening;
    private volatile boolean ended;
    private @Nullable Sentry sentry;

    Inbox(Supplier<byte[]> socket) {
        this.socket = socket;
    }

    /** Waits for the next bytes; null when there will be none any more. */
    byte @Nullable [] take() {
        lock.lock();
        try {
            while (held.isEmpty() && listening) {
                changed.awaitUninterruptibly();
            }
            byte[] first = held.poll();
            if (first != null) {
                heldBytes -= first.length;
                return first;
            }
        } finally {
            lock.unlock();
        }
        return ended ? null : read();
    }

    private byte @Nullable [] read() {
        byte[] bytes;
        try {
            bytes = socket.get();
        } catch (RuntimeException e) {
            // A reset, a failed TLS handshake, our own close: the peer is gone either way.
            bytes = null;
        }
        if (bytes == null) {
            ended = true;
        }
        return bytes;
    }

    ClientConnection.Watch watch(Runnable onGone) {
        Sentry next = new Sentry(onGone);
        lock.lock();
        try {
            sentry = next;
            if (!listening) {
                listening = true;
                Thread.ofVirtual().name("disconnect-watch").start(this::listen);
            }
        } finally {
            lock.unlock();
        }
        return next;
    }

    private void listen() {
        boolean more = true;
        while (more) {
            byte[] bytes = ended ? null : read();
            more = bytes != null && keep(bytes);
        }
        Sentry alarmed = stopListening();
        if (ended && alarmed != null) {
            alarmed.alarm();
        }
    }

    private boolean keep(byte[] bytes) {
        lock.lock();
        try {
            held.add(bytes);
            heldBytes += bytes.length;
            changed.signalAll();
            return sentry != null && sentry.active() && heldBytes < MAX_HELD_BYTES;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Sentry stopListening() {
        lock.lock();
        try {
            listening = false;
            changed.signalAll();
            return sentry;
        } finally {
            lock.unlock();
        }
    }

    boolean ended() {
        return ended;
    }

    /** One watch: calls at most once, and never after it was closed. */
    private static final class Sentry implements ClientConnection.Watch {
        private final ReentrantLock lock = new ReentrantLock();
        private final Runnable onGone;
        private volatile boolean active = true;

        Sentry(Runnable onGone) {
            this.onGone = onGone;
        }

        boolean active() {
            return active;
        }

        void alarm() {
            lock.lock();
            try {
                if (active) {
                    active = false;
                    onGone.run();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                active = false;
            } finally {
                lock.unlock();
            }
        }
    }
}
