/** The command line of gemproxy: its entry point and what wires the commands. */
@NullMarked
package io.gemproxy.cli;

import org.jspecify.annotations.NullMarked;
