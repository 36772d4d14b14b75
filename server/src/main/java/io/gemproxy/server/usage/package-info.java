/** Token counts read from a passing answer without delaying or altering it. */
@NullMarked
package io.gemproxy.server.usage;

import org.jspecify.annotations.NullMarked;
