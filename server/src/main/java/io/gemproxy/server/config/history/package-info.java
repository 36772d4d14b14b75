/** What the configuration was before: every version that was in effect, for its owner alone. */
@NullMarked
package io.gemproxy.server.config.history;

import org.jspecify.annotations.NullMarked;
