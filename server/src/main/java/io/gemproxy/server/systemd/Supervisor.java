package io.gemproxy.server.systemd;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The service manager that started us, told what we are doing (sd_notify(3)). Where there is none
 * nothing happens; one that does not listen is complained about once. Safe for many threads; each
 * call waits for at most a second.
 */
public final class Supervisor implements AutoCloseable {
    /** Nobody listens. */
    public static final Supervisor NONE =
            new Supervisor(CompletableFuture.completedFuture(null), Optional.empty());

    private static final System.Logger LOG = System.getLogger(Supervisor.class.getName());
    private static final int LONGEST_STATUS = 400;

    private final CompletableFuture<@Nullable NotifyChannel> channel;
    private final Optional<Duration> watchdog;
    private final AtomicBoolean complained = new AtomicBoolean();

    Supervisor(CompletableFuture<@Nullable NotifyChannel> channel, Optional<Duration> watchdog) {
        this.channel = channel;
        this.watchdog = watchdog;
    }

    /**
     * Reads {@code NOTIFY_SOCKET}, {@code WATCHDOG_USEC} and {@code WATCHDOG_PID}. The socket is
     * opened on a thread of its own: to link the first native calls takes as long as half a start.
     */
    public static Supervisor of(Map<String, String> environment) {
        Optional<String> socket =
                Optional.ofNullable(environment.get("NOTIFY_SOCKET")).filter(it -> !it.isEmpty());
        if (socket.isEmpty()) {
            return NONE;
        }
        Executor aside = task -> Thread.ofPlatform().daemon().name("notify").start(task);
        return new Supervisor(
                CompletableFuture.supplyAsync(() -> open(socket.get()), aside),
                watchdog(environment, ProcessHandle.current().pid()));
    }

    private static @Nullable NotifyChannel open(String name) {
        try {
            return NotifySocket.to(name);
        } catch (IOException unusable) {
            LOG.log(
                    Level.WARNING,
                    "the service manager cannot be told anything: " + unusable.getMessage());
            return null;
        }
    }

    /** How often a sign of life is expected at least; empty if none is, or not from {@code pid}. */
    static Optional<Duration> watchdog(Map<String, String> environment, long pid) {
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        String whose = environment.getOrDefault("WATCHDOG_PID", "");
        boolean ours = whose.isEmpty() || whose.equals(Long.toString(pid));
        return ours && micros.matches("[1-9][0-9]{0,14}")
                ? Optional.of(Duration.ofNanos(Long.parseLong(micros) * 1_000))
                : Optional.empty();
    }

    /** Whether anybody is told. */
    public boolean listens() {
        return channel.join() != null;
    }

    /** How often {@link #alive} is expected at least. */
    public Optional<Duration> watchdog() {
        return watchdog;
    }

    /** The start, or a reload, is over. */
    public void ready(String status) {
        send("READY=1\nSTATUS=" + line(status));
    }

    /** The configuration is being read again; {@link #ready} says when that is over. */
    public void reloading() {
        NotifyChannel open = channel.join();
        if (open != null) {
            try {
                send("RELOADING=1\nMONOTONIC_USEC=" + open.monotonicMicros());
            } catch (IOException failed) {
                complain(failed);
            }
        }
    }

    /**
     * The stop has begun.
     *
     * @param atMost how long it may take, whatever the unit says
     */
    public void stopping(String status, Duration atMost) {
        send(
                "STOPPING=1\nEXTEND_TIMEOUT_USEC="
                        + atMost.toNanos() / 1_000
                        + "\nSTATUS="
                        + line(status));
    }

    /** What {@code systemctl status} shows. */
    public void status(String status) {
        send("STATUS=" + line(status));
    }

    /** For the watchdog. */
    public void alive() {
        send("WATCHDOG=1");
    }

    private void send(String message) {
        NotifyChannel open = channel.join();
        if (open != null) {
            try {
                open.send(message);
            } catch (IOException failed) {
                complain(failed);
            }
        }
    }

    private void complain(IOException failed) {
        if (complained.compareAndSet(false, true)) {
            LOG.log(Level.WARNING, "the service manager does not listen: " + failed.getMessage());
        }
    }

    /** A line break would begin another assignment. */
    private static String line(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST_STATUS ? line : line.substring(0, LONGEST_STATUS) + "…";
    }

    @Override
    public void close() {
        NotifyChannel open = channel.join();
        if (open != null) {
            try {
                open.close();
            } catch (IOException failed) {
                complain(failed);
            }
        }
    }
}
