/** Commands about the running server. */
@NullMarked
package io.gemproxy.cli.server;

import org.jspecify.annotations.NullMarked;
