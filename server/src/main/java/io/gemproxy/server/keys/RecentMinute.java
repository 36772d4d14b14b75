package io.gemproxy.server.keys;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Counts of the last 60 seconds in slots of one second. Not thread-safe. */
final class RecentMinute {
    private static final int SLOTS = 60;

    /** A slot holds its second and, in so many bits, its count: one place of memory to touch. */
    private static final int COUNT_BITS = 24;

    private final long[] slots = new long[SLOTS];

    RecentMinute() {
        Arrays.fill(slots, Long.MIN_VALUE);
    }

    void add(long nowNanos) {
        long second = TimeUnit.NANOSECONDS.toSeconds(nowNanos);
        int index = Math.floorMod(second, SLOTS);
        long slot = slots[index];
        slots[index] = (slot >> COUNT_BITS == second ? slot : second << COUNT_BITS) + 1;
    }

    long total(long nowNanos) {
        long second = TimeUnit.NANOSECONDS.toSeconds(nowNanos);
        long sum = 0;
        for (long slot : slots) {
            if (slot >> COUNT_BITS > second - SLOTS) {
                sum += slot & ((1L << COUNT_BITS) - 1);
            }
        }
        return sum;
    }
}
