package io.gemproxy.server.ratelimit;

import java.time.Duration;

/**
 * What one subject was admitted for in the last sixty seconds: amounts, each with its time.
 *
 * <p>Up to {@value #EXACT} entries are kept each by itself and leave exactly after sixty seconds.
 * Beyond that, what comes within {@link #GRAIN} of an entry's beginning joins it and counts as of
 * the entry's end: it leaves up to that much late and never early, and a window takes at most 8
 * KiB.
 */
final class AmountWindow {
    static final Duration LENGTH = Duration.ofSeconds(60);

    /** So many entries are exact; at most as many again and one are not. */
    static final int EXACT = 250;

    static final Duration GRAIN = LENGTH.dividedBy(EXACT);

    /** The ticket of an amount of nothing. */
    static final long NO_ENTRY = -1;

    private static final long NANOS = LENGTH.toNanos();
    private static final int FIRST_CAPACITY = 8;

    private long[] times = new long[FIRST_CAPACITY];
    private long[] amounts = new long[FIRST_CAPACITY];
    private int head;
    private int count;

    /** The ticket of the entry at the head. */
    private long first;

    private long sum;
    private long lastBegan;

    /**
     * Counts the amount if it fits.
     *
     * @param amount at most the limit
     * @param now monotonic, in nanoseconds
     */
    synchronized Taken tryTake(long limit, long amount, long now) {
        forgetBefore(now);
        long excess = sum + amount - limit;
        if (excess > 0) {
            return new Taken(NO_ENTRY, Math.max(0, limit - sum), reset(now), opens(excess, now));
        }
        long ticket = amount == 0 ? NO_ENTRY : append(amount, now);
        return new Taken(ticket, limit - sum, reset(now), 0);
    }

    /** What {@link #tryTake} would say now; nothing is counted. */
    synchronized Taken look(long limit, long amount, long now) {
        forgetBefore(now);
        long excess = sum + amount - limit;
        return new Taken(
                NO_ENTRY,
                Math.max(0, limit - sum),
                reset(now),
                excess > 0 ? opens(excess, now) : 0);
    }

    /** Counts the amount whether it fits or not. */
    synchronized void add(long amount, long now) {
        forgetBefore(now);
        append(amount, now);
    }

    /** Takes back part of what a ticket was counted for, unless it has left already. */
    synchronized void giveBack(long ticket, long amount) {
        long offset = ticket - first;
        if (ticket != NO_ENTRY && offset >= 0 && offset < count) {
            amounts[index((int) offset)] -= amount;
            sum -= amount;
        }
    }

    /** Entries that are kept now. */
    synchronized int entries() {
        return count;
    }

    private long reset(long now) {
        return count == 0 ? 0 : times[head] + NANOS - now;
    }

    /** Until so much has left; all of it, if there is less. */
    private long opens(long excess, long now) {
        long leaving = 0;
        int last = 0;
        for (int i = 0; i < count && leaving < excess; i++) {
            leaving += amounts[index(i)];
            last = i;
        }
        return count == 0 ? NANOS : times[index(last)] + NANOS - now;
    }

    private void forgetBefore(long now) {
        while (count > 0 && now - times[head] >= NANOS) {
            sum -= amounts[head];
            head = index(1);
            count--;
            first++;
        }
    }

    private long append(long amount, long now) {
        int last = index(count - 1);
        // threads may arrive with times a little out of order; the log stays sorted
        long time = count > 0 && now - times[last] < 0 ? times[last] : now;
        sum += amount;
        if (count >= EXACT && time - lastBegan < GRAIN.toNanos()) {
            times[last] = time;
            amounts[last] += amount;
            return first + count - 1;
        }
        if (count == times.length) {
            grow();
        }
        times[index(count)] = time;
        amounts[index(count)] = amount;
        lastBegan = time;
        count++;
        return first + count - 1;
    }

    private void grow() {
        long[] longerTimes = new long[times.length * 2];
        long[] longerAmounts = new long[times.length * 2];
        for (int i = 0; i < count; i++) {
            longerTimes[i] = times[index(i)];
            longerAmounts[i] = amounts[index(i)];
        }
        times = longerTimes;
        amounts = longerAmounts;
        head = 0;
    }

    private int index(int offset) {
        return (head + offset) & (times.length - 1);
    }

    /**
     * What came of a wish.
     *
     * @param ticket of the entry it is counted in
     * @param left what still fits
     * @param reset nanoseconds until the oldest entry leaves
     * @param opens nanoseconds until the wish can be granted; 0 if it was
     */
    record Taken(long ticket, long left, long reset, long opens) {
        boolean refused() {
            return opens > 0;
        }
    }
}
