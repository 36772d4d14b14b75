/** Commands about the weights of the keys. */
@NullMarked
package io.gemproxy.cli.weights;

import org.jspecify.annotations.NullMarked;
