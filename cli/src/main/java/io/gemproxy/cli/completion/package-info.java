/** Completion of commands in shells. */
@NullMarked
package io.gemproxy.cli.completion;

import org.jspecify.annotations.NullMarked;
