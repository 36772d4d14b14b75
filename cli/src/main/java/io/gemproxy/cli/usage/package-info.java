/** {@code usage}: what was used and what it cost. */
@NullMarked
package io.gemproxy.cli.usage;

import org.jspecify.annotations.NullMarked;
