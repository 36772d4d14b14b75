package io.gemproxy.server.keys;

import java.time.Duration;

/**
 * The last admissions of a key: no 60 seconds, at any offset, hold more than the limit. Not
 * thread-safe.
 */
final class RequestWindow {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final long[] admissions;
    private int oldest;
    private int size;

    RequestWindow(int limit) {
        admissions = new long[limit];
    }

    /** The same admissions under another limit; of too many the last ones. */
    RequestWindow withLimit(int limit) {
        if (limit == admissions.length) {
            return this;
        }
        RequestWindow other = new RequestWindow(limit);
        for (int i = Math.max(0, size - limit); i < size; i++) {
            other.admit(admissions[(oldest + i) % admissions.length]);
        }
        return other;
    }

    /**
     * The moment of {@code System.nanoTime} from which one more request fits; {@code now} if at
     * once.
     */
    long opening(long now) {
        return size < admissions.length ? now : Math.max(now, admissions[oldest] + MINUTE);
    }

    void admit(long now) {
        if (size < admissions.length) {
            admissions[(oldest + size++) % admissions.length] = now;
        } else {
            admissions[oldest] = now;
            oldest = (oldest + 1) % admissions.length;
        }
    }
}
