package io.gemproxy.server.admin;

import java.time.Duration;

/**
 * How the server is told to stop as on SIGTERM.
 *
 * @param grace how long running requests may go on
 * @param announce makes readiness red
 * @param begin lets running requests end, then stops the server; returns at once
 */
public record DrainDesk(Duration grace, Runnable announce, Runnable begin) {}
