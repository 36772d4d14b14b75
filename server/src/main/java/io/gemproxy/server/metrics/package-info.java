/** What the running server measures: meters, the performance window, recent errors. */
@NullMarked
package io.gemproxy.server.metrics;

import org.jspecify.annotations.NullMarked;
