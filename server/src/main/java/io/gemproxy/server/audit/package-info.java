/** One JSON line per request and per security event, in a file of its own. */
@NullMarked
package io.gemproxy.server.audit;

import org.jspecify.annotations.NullMarked;
