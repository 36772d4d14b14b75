/** What the simulator saw. */
@NullMarked
package io.gemproxy.simulator.record;

import org.jspecify.annotations.NullMarked;
