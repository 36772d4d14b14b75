package io.gemproxy.server.authentication.sessions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Counts vain tries by name and locks a name out that has had too many, for some time from the last
 * of them. Tries while it is locked out are not counted. Its callers take turns.
 */
final class Lockout {
    private final int most;
    private final long duration;
    private final LongSupplier nanoTime;
    private final Cache<String, Tries> tries;

    /**
     * @param most vain tries; the name is locked out with the last of them
     * @param remembered names at most; the one not seen for longest is forgotten first
     */
    Lockout(int most, Duration duration, int remembered, LongSupplier nanoTime) {
        this.most = most;
        this.duration = duration.toNanos();
        this.nanoTime = nanoTime;
        this.tries =
                Caffeine.newBuilder()
                        .maximumSize(remembered)
                        .expireAfterWrite(duration)
                        .ticker(nanoTime::getAsLong)
                        .executor(Runnable::run)
                        .build();
    }

    /** How long the name is still locked out. */
    Optional<Duration> wait(String name) {
        return recent(name)
                .filter(it -> it.vain() >= most)
                .map(it -> Duration.ofNanos(it.lastAt() + duration - nanoTime.getAsLong()));
    }

    /** Counts a try; true if the name is locked out from now on. */
    boolean count(String name) {
        int vain = recent(name).map(Tries::vain).orElse(0) + 1;
        tries.put(name, new Tries(vain, nanoTime.getAsLong(), false));
        return vain >= most;
    }

    /** Whether this is the first time that somebody asks since the name was locked out. */
    boolean isNews(String name) {
        Optional<Tries> known = recent(name).filter(it -> it.vain() >= most && !it.told());
        known.ifPresent(it -> tries.put(name, new Tries(it.vain(), it.lastAt(), true)));
        return known.isPresent();
    }

    /** Takes a try back that was not in vain after all. */
    void takeBack(String name) {
        recent(name)
                .ifPresent(it ->
                        tries.put(name, new Tries(Math.max(0, it.vain() - 1), it.lastAt(), false)));
    }

    /** Forgets all tries of a name. */
    void forget(String name) {
        tries.invalidate(name);
    }

    private Optional<Tries> recent(String name) {
        return Optional.ofNullable(tries.getIfPresent(name))
                .filter(it -> nanoTime.getAsLong() - it.lastAt() < duration);
    }

    /** What a name has tried. */
    private record Tries(int vain, long lastAt, boolean told) {}
}
