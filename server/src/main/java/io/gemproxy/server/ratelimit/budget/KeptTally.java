package io.gemproxy.server.ratelimit.budget;

import java.time.Instant;

/**
 * One period of an account as it is kept.
 *
 * @param start of the period
 * @param upTo what was taken, or a little more
 * @param sound false if what was taken is not known
 */
public record KeptTally(Instant start, Amounts upTo, boolean sound) {}
