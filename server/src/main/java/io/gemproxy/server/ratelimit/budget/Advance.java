package io.gemproxy.server.ratelimit.budget;

import io.gemproxy.server.exchange.ClientId;
import java.time.Instant;

/**
 * What a client was charged for something that is used later.
 *
 * @param client who was charged
 * @param at when
 * @param amounts how much
 */
public record Advance(ClientId client, Instant at, Amounts amounts) {}
