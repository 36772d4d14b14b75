/** The way of a request: the order of the steps, and how each refusal is said. */
@NullMarked
package io.gemproxy.server.proxy;

import org.jspecify.annotations.NullMarked;
