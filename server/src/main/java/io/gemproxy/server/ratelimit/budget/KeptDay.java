package io.gemproxy.server.ratelimit.budget;

import io.gemproxy.server.exchange.AddressGroup;
import java.util.Optional;

/**
 * What an address, or all clients together, took on a day, as it is kept.
 *
 * @param address empty: all clients
 */
public record KeptDay(Optional<AddressGroup> address, KeptTally day) {}
