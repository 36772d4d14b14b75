package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.RequestId;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/** Gives each request a unique id that sorts by time: 48 bits of milliseconds, 80 random ones. */
public final class RequestIds {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final long FORTY_BITS = (1L << 40) - 1;
    private static final int STEP_BITS = 16;

    private final InstantSource clock;
    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();
    private long millis = -1;
    private long high;
    private long low;
    private long drawn;
    private int steps;

    public RequestIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** The next id; greater than all before, even if the clock stands still or steps back. */
    public RequestId next() {
        lock.lock();
        try {
            long now = clock.millis();
            if (now > millis) {
                millis = now;
                high = random.nextLong() & (FORTY_BITS >> 1);
                low = random.nextLong() & FORTY_BITS;
            } else {
                low = (low + 1 + step()) & FORTY_BITS;
                high = low <= 0x10000 ? high + 1 : high;
            }
            return new RequestId(text());
        } finally {
            lock.unlock();
        }
    }

    /** Sixteen random bits; a strong source is asked for four of them at once. */
    private long step() {
        if (steps == 0) {
            drawn = random.nextLong();
            steps = Long.SIZE / STEP_BITS;
        }
        long step = drawn & ((1L << STEP_BITS) - 1);
        drawn >>>= STEP_BITS;
        steps--;
        return step;
    }

    private String text() {
        char[] out = new char[26];
        write(out, 0, 10, millis);
        write(out, 10, 8, high);
        write(out, 18, 8, low);
        return new String(out);
    }

    private static void write(char[] out, int from, int digits, long value) {
        for (int i = 0; i < digits; i++) {
            out[from + i] = ALPHABET.charAt((int) ((value >>> (5 * (digits - 1 - i))) & 31));
        }
    }
}
