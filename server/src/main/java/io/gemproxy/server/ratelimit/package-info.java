/** How often a client may call. */
@NullMarked
package io.gemproxy.server.ratelimit;

import org.jspecify.annotations.NullMarked;
