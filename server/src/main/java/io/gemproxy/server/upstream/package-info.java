/** The HTTP client towards Google: one exchange at a time, its outcome classified. */
@NullMarked
package io.gemproxy.server.upstream;

import org.jspecify.annotations.NullMarked;
