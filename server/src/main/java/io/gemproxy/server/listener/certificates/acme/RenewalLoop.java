package io.gemproxy.server.listener.certificates.acme;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Does the steps for as long as the server runs, beside everything else. */
public final class RenewalLoop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RenewalLoop.class.getName());

    /** The wall clock may be set while we wait, so it is looked at. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Duration AFTER_A_BUG = Duration.ofMinutes(10);
    private static final Duration END = Duration.ofSeconds(5);

    private final Renewal renewal;
    private final DnsRecords records;
    private final InstantSource clock;
    private final BlockingQueue<Boolean> asked = new ArrayBlockingQueue<>(1);
    private final Thread thread;
    private boolean recordsRemoved;
    private volatile boolean closed;

    private RenewalLoop(Renewal renewal, DnsRecords records, InstantSource clock) {
        this.renewal = renewal;
        this.records = records;
        this.clock = clock;
        thread = Thread.ofVirtual().name("acme").unstarted(this::run);
    }

    /**
     * Begins at once.
     *
     * @param records of which those are removed first that an earlier server has left behind
     */
    public static RenewalLoop start(Renewal renewal, DnsRecords records, InstantSource clock) {
        RenewalLoop loop = new RenewalLoop(renewal, records, clock);
        loop.thread.start();
        return loop;
    }

    /** What became of the wish to renew. */
    public sealed interface Asked {
        /** The order begins. */
        record Started() implements Asked {}

        /** One is under way already. */
        record UnderWay() implements Asked {}

        /**
         * Too many validations have failed.
         *
         * @param until when this is over
         */
        record Held(Instant until) implements Asked {}
    }

    /** Orders a new certificate now. */
    public Asked renew() {
        Optional<Instant> held = renewal.heldUntil();
        if (held.isPresent()) {
            return new Asked.Held(held.get());
        }
        return !renewal.status().ordering() && asked.offer(true)
                ? new Asked.Started()
                : new Asked.UnderWay();
    }

    /** How it stands. */
    public RenewalStatus status() {
        return renewal.status();
    }

    private void run() {
        try {
            Instant next = step(false);
            while (!closed) {
                boolean now = asked.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS) != null;
                if (now || !clock.instant().isBefore(next)) {
                    next = step(now);
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private Instant step(boolean now) throws InterruptedException {
        try {
            recordsRemoved = recordsRemoved || records.removeLeft();
            return renewal.step(now);
        } catch (RuntimeException bug) {
            if (!closed) {
                LOG.log(Level.ERROR, "acme: a step of the renewal failed", bug);
            }
            return clock.instant().plus(AFTER_A_BUG);
        }
    }

    /**
     * An order under way is left; the next start finds the schedule as it was, and those records
     * that could not be removed in these seconds.
     */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            if (!thread.join(END)) {
                LOG.log(Level.WARNING, "acme: an order does not end");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
