package io.gemproxy.server.listener;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Whether a request body comes fast enough, on the average since its beginning. Only the time
 * counts that its client let us wait: a body that nobody reads may stand still.
 */
final class BodyPace {
    private static final long GRACE = Duration.ofSeconds(5).toNanos();

    private final long bytesPerSecond;
    private long waited;
    private long received;

    /**
     * @param bytesPerSecond the least; 0: any pace will do
     */
    BodyPace(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** The next body begins. */
    void begin() {
        waited = 0;
        received = 0;
    }

    /** So many bytes came after waiting so long. */
    void received(int bytes, long nanos) {
        received += bytes;
        waited += Math.max(0, nanos);
    }

    /** After five seconds of waiting, whether fewer bytes came than had to. */
    boolean isTooSlow() {
        return waited > GRACE
                && received < bytesPerSecond * (double) waited / TimeUnit.SECONDS.toNanos(1);
    }
}
