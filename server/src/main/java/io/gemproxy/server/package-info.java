/** The gemproxy server: main() and the composition root; every other room is a package below. */
@NullMarked
package io.gemproxy.server;

import org.jspecify.annotations.NullMarked;
