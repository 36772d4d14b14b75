package io.gemproxy.server.keys;

import java.time.Instant;

/**
 * Something rests. A block of a {@link Scope.Model} or of the {@link Scope.Egress} blames no key.
 *
 * @param scope what rests
 * @param reason a stable word, e.g. {@code quota_requests_per_day}
 * @param until when it ends by itself; {@link Instant#MAX} if an operator has to act or a probe to
 *     succeed
 * @param probeEarly whether one request may be spent before {@code until} to see whether it has
 *     ended, because the moment is a bound or may be overtaken by a payment or a new limit
 */
public record Block(Scope scope, String reason, Instant until, boolean probeEarly) {}
