/** The real SDKs, and raw clients, against gemproxy in front of the simulator. */
@NullMarked
package io.gemproxy.acceptance;

import org.jspecify.annotations.NullMarked;
