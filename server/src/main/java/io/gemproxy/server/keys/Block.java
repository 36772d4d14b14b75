package io.gemproxy.server.keys;

import java.time.Instant;

/**
 * Something that rests.
 *
 * @param scope exactly what rests, nothing else does
 * @param reason a stable word, e.g. {@code quota_requests_per_day}
 * @param until when it ends; {@link Instant#MAX} until an operator acts or a probe succeeds
 * @param probeEarly whether one request may ask, before the end, if it is over already
 */
public record Block(Scope scope, String reason, Instant until, boolean probeEarly) {}
