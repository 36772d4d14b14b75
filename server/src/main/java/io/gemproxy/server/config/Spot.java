package io.gemproxy.server.config;

import java.util.Optional;

/**
 * A place together with the line that may be shown for it.
 *
 * @param place for people and programs
 * @param excerpt already masked
 */
record Spot(Place place, Optional<Excerpt> excerpt) {
    static Spot whole(String source) {
        return new Spot(Place.whole(source), Optional.empty());
    }
}
