package io.gemproxy.server.admin;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How the server is told to stop as on SIGTERM.
 *
 * @param grace how long running requests may go on, as it is configured now
 * @param announce makes readiness red
 * @param begin lets running requests end, then stops the server; returns at once
 */
public record DrainDesk(Supplier<Duration> grace, Runnable announce, Runnable begin) {}
