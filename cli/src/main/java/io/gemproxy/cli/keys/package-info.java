/** Commands about the pooled keys. */
@NullMarked
package io.gemproxy.cli.keys;

import org.jspecify.annotations.NullMarked;
