package io.gemproxy.server.keys;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** How much a key was used, and our own limit on it. Safe for use by many threads. */
final class KeyUse {
    private final @Nullable RequestWindow window;
    private final RecentMinute lastMinute = new RecentMinute();
    private long requests;
    private long failures;

    KeyUse(OptionalInt maxRequestsPerMinute) {
        window =
                maxRequestsPerMinute.isPresent()
                        ? new RequestWindow(maxRequestsPerMinute.getAsInt())
                        : null;
    }

    /** When our own limit admits one more request; {@code now} if at once. */
    long opening(long now) {
        if (window == null) {
            return now;
        }
        synchronized (this) {
            return window.opening(now);
        }
    }

    /** Counts a request, unless our own limit is reached. */
    synchronized boolean tryLend(long now) {
        if (window != null) {
            if (window.opening(now) - now > 0) {
                return false;
            }
            window.admit(now);
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
