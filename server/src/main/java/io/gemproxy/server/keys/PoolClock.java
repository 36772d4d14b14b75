package io.gemproxy.server.keys;

import io.gemproxy.server.keys.quota.Moment;
import io.gemproxy.server.keys.quota.QuotaDay;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Now, on all clocks at once; works out the quota day once a day. Safe for use by many threads. */
final class PoolClock {
    private final InstantSource wall;
    private final LongSupplier nanoTime;
    private volatile QuotaDay day;

    PoolClock(InstantSource wall, LongSupplier nanoTime) {
        this.wall = wall;
        this.nanoTime = nanoTime;
        this.day = QuotaDay.of(wall.instant());
    }

    Moment now() {
        long millis = wall.millis();
        QuotaDay today = day;
        if (!today.holds(millis)) {
            today = QuotaDay.of(Instant.ofEpochMilli(millis));
            day = today;
        }
        return new Moment(nanoTime.getAsLong(), millis, today);
    }
}
