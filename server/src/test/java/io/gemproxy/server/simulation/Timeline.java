package io.gemproxy.server.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/** A clock that jumps from one thing that happens to the next. */
final class Timeline implements InstantSource {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final PriorityQueue<Happening> ahead = new PriorityQueue<>();
    private long millis;
    private long number;

    private record Happening(long at, long number, Runnable what) implements Comparable<Happening> {
        @Override
        public int compareTo(Happening other) {
            int byTime = Long.compare(at, other.at);
            return byTime == 0 ? Long.compare(number, other.number) : byTime;
        }
    }

    Timeline(Instant start) {
        millis = start.toEpochMilli();
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis);
    }

    @Override
    public long millis() {
        return millis;
    }

    /** The monotonic clock that goes with it. */
    long nanos() {
        return millis * NANOS_PER_MILLI;
    }

    /** Something happens after so many milliseconds. */
    void after(long wait, Runnable what) {
        ahead.add(new Happening(millis + wait, number++, what));
    }

    /** Something happens at a moment that has not passed. */
    void at(Instant moment, Runnable what) {
        ahead.add(new Happening(moment.toEpochMilli(), number++, what));
    }

    /** Something happens again and again, first after one pause. */
    void every(Duration pause, Runnable what) {
        after(
                pause.toMillis(),
                () -> {
                    what.run();
                    every(pause, what);
                });
    }

    /** Lets happen what lies before a moment. */
    void runUntil(Instant end) {
        while (!ahead.isEmpty() && ahead.peek().at() < end.toEpochMilli()) {
            Happening next = ahead.remove();
            millis = next.at();
            next.what().run();
        }
        millis = end.toEpochMilli();
    }
}
