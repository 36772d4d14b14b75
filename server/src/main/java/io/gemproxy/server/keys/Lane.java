package io.gemproxy.server.keys;

import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.health.HealthScore;
import io.gemproxy.server.keys.quota.Moment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * All keys as one model sees them. Those that rest are left out of the turns until they come back,
 * so that choosing costs the same however many rest. Safe for use by many threads.
 */
final class Lane {
    /** Turns are put together at most so often that it takes a tenth of the time. */
    private static final long NANOS_PER_TURN = 100;

    private final Optional<ModelName> model;
    private final boolean strict;
    private final Rest rest;
    private final HealthScore usual;
    private final Seat[] seats;
    private final Seat[] cycle;
    private final AtomicLong cursor;
    private final AtomicLong skipped = new AtomicLong();
    private final ReentrantLock rebuilding = new ReentrantLock();
    private volatile Ready ready;
    private final AtomicReference<Optional<Closed>> closed =
            new AtomicReference<>(Optional.empty());

    /** The turns of the keys that do not rest, and when the first that does comes back. */
    private static final class Ready {
        final Seat[] turns;
        final long builtAt;
        final long nextOpening;
        final boolean mayGrow;

        Ready(Seat[] turns, long builtAt, long nextOpening, boolean mayGrow) {
            this.turns = turns;
            this.builtAt = builtAt;
            this.nextOpening = nextOpening;
            this.mayGrow = mayGrow;
        }
    }

    /**
     * Nothing was free for a wish that names neither key nor project.
     *
     * @param untilNanos nothing changes by time alone before then
     * @param openingNanos when the first key opens
     * @param tokens it holds for requests with as many input tokens or more
     */
    record Closed(long untilNanos, long openingNanos, long tokens) {}

    /**
     * @param order one cycle of turns, as places in {@code keys}
     * @param strict whether keys without room under known limits are left out too
     */
    Lane(Optional<ModelName> model, List<UpstreamKey> keys, int[] order, boolean strict) {
        this.model = model;
        this.strict = strict;
        this.rest = new Rest();
        this.usual = new HealthScore();
        this.cursor = new AtomicLong();
        this.seats = seats(model, keys, _ -> new HealthScore());
        this.cycle = cycle(order);
        this.ready = new Ready(cycle, 0, 0, false);
    }

    /**
     * The same model with other keys.
     *
     * @param before what was learnt about the model
     * @param health how well each key works with it
     */
    Lane(
            Lane before,
            List<UpstreamKey> keys,
            int[] order,
            boolean strict,
            Function<UpstreamKey, HealthScore> health) {
        this.model = before.model;
        this.strict = strict;
        this.rest = before.rest;
        this.usual = before.usual;
        this.cursor = new AtomicLong(before.cursor.get());
        this.seats = seats(model, keys, health);
        this.cycle = cycle(order);
        this.ready = new Ready(cycle, 0, 0, false);
    }

    private static Seat[] seats(
            Optional<ModelName> model,
            List<UpstreamKey> keys,
            Function<UpstreamKey, HealthScore> health) {
        return keys.stream()
                .map(key -> new Seat(key, key.project().allotment(model), health.apply(key)))
                .toArray(Seat[]::new);
    }

    private Seat[] cycle(int[] order) {
        Seat[] turns = new Seat[order.length];
        Arrays.setAll(turns, turn -> seats[order[turn]]);
        return turns;
    }

    Optional<ModelName> model() {
        return model;
    }

    Rest rest() {
        return rest;
    }

    /** How well the model works with all keys. */
    HealthScore usual() {
        return usual;
    }

    /** All keys in the order of the configuration. */
    Seat[] seats() {
        return seats;
    }

    Seat seat(UpstreamKey key) {
        return seats[key.index()];
    }

    /** The number of the next choice. */
    long turn() {
        return cursor.getAndIncrement();
    }

    /** The turns to choose from; almost never put together anew. */
    Seat[] turns(Moment now) {
        Ready current = ready;
        boolean opened = current.mayGrow && current.nextOpening - now.nanos() <= 0;
        boolean worth = now.nanos() - current.builtAt >= NANOS_PER_TURN * cycle.length;
        if ((opened && worth) || skipped.get() > cycle.length) {
            return rebuild(now).turns;
        }
        return current.turns;
    }

    /** So many looks met a key that rests. */
    void skipped(long looks) {
        if (looks > 0) {
            skipped.addAndGet(looks);
        }
    }

    /** That nothing is free, if that is known. */
    Optional<Closed> closed() {
        return closed.get();
    }

    /** Notes that nothing is free, unless something came back since {@code before} was read. */
    void closed(Optional<Closed> before, Closed now) {
        closed.compareAndSet(before, Optional.of(now));
    }

    /** Something came back by other ways than time. */
    void reopen() {
        closed.set(Optional.of(new Closed(Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE)));
        ready = new Ready(cycle, 0, 0, false);
        skipped.set(0);
    }

    private Ready rebuild(Moment now) {
        if (!rebuilding.tryLock()) {
            return ready;
        }
        try {
            Ready next = filtered(now);
            skipped.set(0);
            ready = next;
            return next;
        } finally {
            rebuilding.unlock();
        }
    }

    private Ready filtered(Moment now) {
        boolean[] open = new boolean[seats.length];
        boolean mayGrow = false;
        long next = now.nanos();
        for (Seat seat : seats) {
            boolean free =
                    seat.unblocked(now.nanos(), now.millis())
                            && seat.key().breaker().admits(now.nanos())
                            && (!strict || seat.allotment().quota().headroom(now, 0) > 0);
            open[seat.key().index()] = free;
            if (!free && seat.key().usable(now.millis())) {
                long opening = seat.opening(now, strict, 0);
                next = mayGrow && next - opening < 0 ? next : opening;
                mayGrow = true;
            }
        }
        Seat[] turns = new Seat[cycle.length];
        int count = 0;
        for (Seat seat : cycle) {
            if (open[seat.key().index()]) {
                turns[count++] = seat;
            }
        }
        return new Ready(
                count == cycle.length ? cycle : Arrays.copyOf(turns, count),
                now.nanos(),
                next,
                mayGrow);
    }
}
