/** Who is logged in to the running server. */
@NullMarked
package io.gemproxy.cli.sessions;

import org.jspecify.annotations.NullMarked;
