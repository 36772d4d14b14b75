/** How well a key works: score, circuit breaker, the slow start after a rest. */
@NullMarked
package io.gemproxy.server.keys.health;

import org.jspecify.annotations.NullMarked;
