package io.gemproxy.server.ratelimit.budget;

import io.gemproxy.server.exchange.ClientId;
import java.time.Instant;

/** What a client has spent, as an operator sees it. */
public record AccountView(ClientId client, Period day, Period month) {
    /**
     * One of the two periods.
     *
     * @param spent by requests that are over
     * @param reserved by requests that run
     * @param known false if the record of it was damaged
     */
    public record Period(
            Instant start, Instant end, Amounts spent, Amounts reserved, boolean known) {}
}
