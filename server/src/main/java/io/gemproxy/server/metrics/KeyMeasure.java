package io.gemproxy.server.metrics;

import io.gemproxy.server.exchange.KeyId;

/**
 * What is measured of a pooled key.
 *
 * @param key its name
 * @param health 0.0 (nothing works) to 1.0
 * @param breaker where its circuit breaker stands
 * @param trips how often that opened since the start
 */
public record KeyMeasure(KeyId key, double health, Breaker breaker, long trips) {
    /** States of a circuit breaker; their order is their number in the metric. */
    public enum Breaker {
        CLOSED,
        HALF_OPEN,
        OPEN
    }
}
