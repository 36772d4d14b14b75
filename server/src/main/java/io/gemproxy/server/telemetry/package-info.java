/** Traces and metrics for a collector, in the words of OpenTelemetry; off unless configured. */
@NullMarked
package io.gemproxy.server.telemetry;

import org.jspecify.annotations.NullMarked;
