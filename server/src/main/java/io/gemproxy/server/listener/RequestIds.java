package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.RequestId;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Names requests: 48 bits of time, 80 bits of chance and count, in Crockford base 32 (the ULID
 * layout).
 */
public final class RequestIds {
    private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int LENGTH = 26;
    private static final int TIME_LENGTH = 10;

    private final InstantSource clock;
    private final long salt;
    private final AtomicLong count;

    /**
     * Ids of one process never meet: they count on from a random start under a random salt.
     *
     * @param random any source that differs between processes
     */
    public RequestIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.salt = random.nextLong();
        this.count = new AtomicLong(random.nextLong() >>> 24);
    }

    public RequestId next() {
        char[] id = new char[LENGTH];
        long time = clock.millis();
        for (int i = TIME_LENGTH - 1; i >= 0; i--) {
            id[i] = ALPHABET[(int) (time & 31)];
            time >>>= 5;
        }
        long chance = salt;
        for (int i = TIME_LENGTH; i < TIME_LENGTH + 8; i++) {
            id[i] = ALPHABET[(int) (chance & 31)];
            chance >>>= 5;
        }
        long number = count.getAndIncrement();
        for (int i = LENGTH - 1; i >= TIME_LENGTH + 8; i--) {
            id[i] = ALPHABET[(int) (number & 31)];
            number >>>= 5;
        }
        return new RequestId(new String(id));
    }
}
