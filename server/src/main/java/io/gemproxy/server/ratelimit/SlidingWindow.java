package io.gemproxy.server.ratelimit;

import java.time.Duration;
import java.util.Optional;

/**
 * The admitted requests of one client in the last sixty seconds, each with its time: exact at every
 * offset, at eight bytes a request.
 */
final class SlidingWindow {
    static final Duration LENGTH = Duration.ofSeconds(60);

    private static final long NANOS = LENGTH.toNanos();
    private static final int FIRST_CAPACITY = 16;

    private long[] admitted = new long[FIRST_CAPACITY];
    private int head;
    private int count;

    synchronized RateDecision tryAdmit(int limit, long now) {
        forgetBefore(now);
        if (count >= limit) {
            return limited(limit, now);
        }
        append(now);
        Duration reset = Duration.ofNanos(admitted[head] + NANOS - now);
        return new RateDecision.Admitted(Optional.of(new Allowance(limit, limit - count, reset)));
    }

    private RateDecision limited(int limit, long now) {
        // the limit may have shrunk since: then more than one must leave
        long opens = admitted[index(count - limit)] + NANOS - now;
        Duration reset = Duration.ofNanos(admitted[head] + NANOS - now);
        return new RateDecision.Limited(new Allowance(limit, 0, reset), Duration.ofNanos(opens));
    }

    private void forgetBefore(long now) {
        while (count > 0 && now - admitted[head] >= NANOS) {
            head = index(1);
            count--;
        }
    }

    private void append(long now) {
        if (count == admitted.length) {
            grow();
        }
        // threads may arrive with times a little out of order; the log stays sorted
        long last = count == 0 ? now : admitted[index(count - 1)];
        admitted[index(count)] = now - last < 0 ? last : now;
        count++;
    }

    private void grow() {
        long[] larger = new long[admitted.length * 2];
        for (int i = 0; i < count; i++) {
            larger[i] = admitted[index(i)];
        }
        admitted = larger;
        head = 0;
    }

    private int index(int offset) {
        return (head + offset) & (admitted.length - 1);
    }
}
