package io.gemproxy.server.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.gemproxy.server.exchange.ProjectId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Which project a Gemini resource lives in; a file of one project cannot be read with a key of
 * another.
 */
public final class AffinityDirectory {
    private static final int MAX_RESOURCES = 100_000;

    /**
     * Files live 48 hours (Gemini files guide); a little longer, so that their end is Google's to
     * tell.
     */
    private static final Duration KEPT = Duration.ofHours(50);

    private final Cache<String, ProjectId> homes;

    public AffinityDirectory(LongSupplier nanoTime) {
        Ticker ticker = nanoTime::getAsLong;
        homes =
                Caffeine.newBuilder()
                        .maximumSize(MAX_RESOURCES)
                        .expireAfterAccess(KEPT)
                        .ticker(ticker)
                        .build();
    }

    /** True while nothing is known, so that bodies need not be searched for names. */
    public boolean isEmpty() {
        return homes.estimatedSize() == 0;
    }

    /**
     * Notes where a resource lives.
     *
     * @param resource its name, e.g. {@code files/abc}
     */
    public void remember(String resource, ProjectId project) {
        homes.put(resource, project);
    }

    /** Where a resource lives, if the proxy saw it made. */
    public Optional<ProjectId> home(String resource) {
        return Optional.ofNullable(homes.getIfPresent(resource));
    }
}
