/** Asking Google whether a key works again, without spending quota. */
@NullMarked
package io.gemproxy.server.probing;

import org.jspecify.annotations.NullMarked;
