package io.gemproxy.server.keys.quota;

import java.time.Duration;
import java.util.Arrays;

/**
 * The sum of what was added within a window that ends now. Counts at least the whole window, at
 * most one slot more, so that a limit kept by it is kept in every window of that length, fixed or
 * rolling. Not thread-safe.
 */
final class SlidingSum {
    private static final long[] UNUSED = {};

    private final int count;
    private final long slotNanos;
    private long[] slots = UNUSED;
    private long newest = Long.MIN_VALUE;
    private long sum;

    /**
     * @param window the length of the window
     * @param slot how exactly its end is known; divides the window
     */
    SlidingSum(Duration window, Duration slot) {
        slotNanos = slot.toNanos();
        count = Math.toIntExact(window.toNanos() / slotNanos) + 1;
    }

    void add(long now, long amount) {
        if (slots.length == 0) {
            slots = new long[count];
        }
        advance(now);
        int index = Math.floorMod(newest, count);
        slots[index] += amount;
        sum += amount;
    }

    /** Corrects what was added at {@code then}, unless that has left the window. */
    void correct(long then, long now, long difference) {
        advance(now);
        long slot = Math.floorDiv(then, slotNanos);
        if (slots.length > 0 && newest - slot < count && slot <= newest) {
            int index = Math.floorMod(slot, count);
            long corrected = Math.max(0, slots[index] + difference);
            sum += corrected - slots[index];
            slots[index] = corrected;
        }
    }

    long total(long now) {
        advance(now);
        return sum;
    }

    /**
     * The moment from which {@code amount} more keeps the sum at or under the limit; {@code now} if
     * at once. What is more than the limit by itself fits once nothing else is counted.
     */
    long opening(long now, long amount, long limit) {
        advance(now);
        long left = sum;
        long allowed = Math.max(0, limit - amount);
        if (left <= allowed) {
            return now;
        }
        for (long slot = newest - count + 1; slot <= newest; slot++) {
            left -= slots[Math.floorMod(slot, count)];
            if (left <= allowed) {
                return (slot + count) * slotNanos;
            }
        }
        return now;
    }

    private void advance(long now) {
        if (slots.length == 0) {
            return;
        }
        long slot = Math.floorDiv(now, slotNanos);
        if (newest == Long.MIN_VALUE || slot - newest >= count) {
            Arrays.fill(slots, 0);
            sum = 0;
            newest = slot;
        }
        while (newest < slot) {
            newest++;
            int index = Math.floorMod(newest, count);
            sum -= slots[index];
            slots[index] = 0;
        }
    }
}
