package io.gemproxy.server.ratelimit.budget;

import io.gemproxy.server.exchange.ClientId;

/** All there is to keep of a client's account. */
public record KeptAccount(ClientId client, KeptTally day, KeptTally month) {}
