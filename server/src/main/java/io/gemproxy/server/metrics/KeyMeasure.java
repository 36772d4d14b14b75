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
    /** States of a circuit breaker. */
    public enum Breaker {
        CLOSED(0),
        HALF_OPEN(1),
        OPEN(2);

        private final int number;

        Breaker(int number) {
            this.number = number;
        }

        /** As written in the metric. */
        int number() {
            return number;
        }
    }
}
