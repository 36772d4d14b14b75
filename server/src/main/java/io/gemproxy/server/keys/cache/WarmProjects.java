package io.gemproxy.server.keys.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.keys.Preference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The projects that have lately seen a prefix and probably still cache it. Safe for use by many
 * threads.
 */
public final class WarmProjects {
    private static final int MOST_KEYS = 100_000;

    /**
     * New conversations leave this share of a project's limits to those that are under way there: a
     * conversation that has to move pays for all its past turns, a new one for its instructions
     * only.
     */
    static final double RESERVE = 0.25;

    private final Cache<CacheKey, Warmth> seen;
    private final LongSupplier nanoTime;
    private final long lifetime;

    /**
     * An empty memory.
     *
     * @param lifetime how long a project is believed to keep an unused prefix
     */
    public WarmProjects(Duration lifetime, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lifetime = lifetime.toNanos();
        this.seen =
                Caffeine.newBuilder()
                        .maximumSize(MOST_KEYS)
                        .expireAfterWrite(lifetime)
                        .ticker(nanoTime::getAsLong)
                        .build();
    }

    /**
     * The projects that a request with these hints should go to, the best first: where its
     * conversation was last, then where its instructions were.
     */
    public List<Preference> preferred(CacheHints hints) {
        if (hints.isEmpty()) {
            return List.of();
        }
        List<Preference> preferred = new ArrayList<>(4);
        for (CacheKey key : hints.underWay()) {
            add(key, 0.0, preferred);
        }
        hints.instructions().ifPresent(key -> add(key, RESERVE, preferred));
        return preferred;
    }

    private void add(CacheKey key, double reserve, List<Preference> to) {
        Warmth warmth = seen.getIfPresent(key);
        if (warmth == null) {
            return;
        }
        for (ProjectId project : warmth.since(nanoTime.getAsLong() - lifetime)) {
            if (to.stream().noneMatch(known -> known.project().equals(project))) {
                to.add(new Preference(project, reserve));
            }
        }
    }

    /** Notes that a request was sent to a project, which from now on caches its prefix. */
    public void sent(CacheHints hints, ProjectId project) {
        long now = nanoTime.getAsLong();
        hints.underWay().forEach(key -> sent(key, project, now));
        hints.instructions().ifPresent(key -> sent(key, project, now));
    }

    private void sent(CacheKey key, ProjectId project, long now) {
        seen.asMap()
                .merge(
                        key,
                        Warmth.of(project, now),
                        (old, fresh) -> old.with(project, now, now - lifetime));
    }
}
