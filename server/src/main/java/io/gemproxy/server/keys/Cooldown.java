package io.gemproxy.server.keys;

/**
 * A rest.
 *
 * @param untilNanos on the clock of {@code System.nanoTime}
 * @param reason a stable word, e.g. {@code quota_requests_per_minute}
 */
record Cooldown(long untilNanos, String reason) {}
