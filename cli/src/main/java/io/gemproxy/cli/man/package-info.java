/** Manual pages of the commands, written when the package is built. */
@NullMarked
package io.gemproxy.cli.man;

import org.jspecify.annotations.NullMarked;
