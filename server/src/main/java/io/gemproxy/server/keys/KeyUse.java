package io.gemproxy.server.keys;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** How much a key was used, and our own limit on it. Safe for use by many threads. */
final class KeyUse {
    private volatile @Nullable RequestWindow window;
    private final RecentMinute lastMinute = new RecentMinute();
    private long requests;
    private long failures;

    /** Our own limit from now on; a running window goes on under it. */
    synchronized void limit(OptionalInt maxRequestsPerMinute) {
        RequestWindow running = window;
        if (maxRequestsPerMinute.isEmpty()) {
            window = null;
        } else {
            int limit = maxRequestsPerMinute.getAsInt();
            window = running == null ? new RequestWindow(limit) : running.withLimit(limit);
        }
    }

    /** When our own limit admits one more request; {@code now} if at once. */
    long opening(long now) {
        return window == null ? now : openingOfWindow(now);
    }

    private synchronized long openingOfWindow(long now) {
        RequestWindow running = window;
        return running == null ? now : running.opening(now);
    }

    /** Counts a request, unless our own limit is reached. */
    synchronized boolean tryLend(long now) {
        RequestWindow running = window;
        if (running != null) {
            if (running.opening(now) - now > 0) {
                return false;
            }
            running.admit(now);
        }
        requests++;
        lastMinute.add(now);
        return true;
    }

    synchronized void failed() {
        failures++;
    }

    synchronized long requests() {
        return requests;
    }

    synchronized long failures() {
        return failures;
    }

    synchronized long lastMinute(long now) {
        return lastMinute.total(now);
    }
}
