/** Configurations of other products, read to be carried over. */
@NullMarked
package io.gemproxy.cli.config.imports;

import org.jspecify.annotations.NullMarked;
