package io.gemproxy.server.systemd;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The thread that tells the service manager twice in each of its intervals that we live, as long as
 * that is so. Where it is not, the service manager ends the process and starts another.
 */
public final class Watchdog implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Watchdog.class.getName());
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Supervisor supervisor;
    private final Duration half;
    private final BooleanSupplier lives;
    private final CountDownLatch stop = new CountDownLatch(1);
    private boolean well = true;

    private Watchdog(Supervisor supervisor, Duration interval, BooleanSupplier lives) {
        this.supervisor = supervisor;
        this.half = interval.dividedBy(2);
        this.lives = lives;
    }

    /**
     * Starts it.
     *
     * @param interval within which a sign of life is expected
     * @param lives looks, on the watchdog's thread; must come back within half the interval
     */
    public static Watchdog start(Supervisor supervisor, Duration interval, BooleanSupplier lives) {
        Watchdog watchdog = new Watchdog(supervisor, interval, lives);
        Thread.ofPlatform().daemon().name("watchdog").start(watchdog::run);
        return watchdog;
    }

    private void run() {
        try {
            Duration pause = Duration.ZERO;
            while (!stop.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                pause = look();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** How long until the next look: one that found no life is repeated soon. */
    private Duration look() {
        try {
            if (lives.getAsBoolean()) {
                well = true;
                supervisor.alive();
                return half;
            }
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "a listener could not be looked at", bug);
        }
        if (well) {
            LOG.log(
                    Level.ERROR,
                    "a listener does not answer; the service manager is not told of life");
        }
        well = false;
        return AGAIN.compareTo(half) < 0 ? AGAIN : half;
    }

    @Override
    public void close() {
        stop.countDown();
    }
}
