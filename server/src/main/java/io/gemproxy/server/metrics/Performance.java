package io.gemproxy.server.metrics;

import io.gemproxy.server.exchange.Result;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How the proxy did over one window.
 *
 * @param window which one
 * @param covered the time it really covers at this moment
 * @param requests that ended in it
 * @param requestsPerSecond requests over the covered time
 * @param successRate the share of successes among the requests; empty without requests
 * @param results requests by how they ended
 * @param duration from the first byte of the request to the last of the answer
 * @param overhead the proxy's own share of it
 * @param timeToFirstByte of the answers that had a body
 */
public record Performance(
        Window window,
        Duration covered,
        long requests,
        double requestsPerSecond,
        OptionalDouble successRate,
        Map<Result, Long> results,
        Percentiles duration,
        Percentiles overhead,
        Percentiles timeToFirstByte) {}
