/** Named sets of weights for the pooled keys, and which of them holds. */
@NullMarked
package io.gemproxy.server.keys.presets;

import org.jspecify.annotations.NullMarked;
