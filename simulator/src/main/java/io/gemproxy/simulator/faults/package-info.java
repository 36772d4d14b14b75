/** What can go wrong with one answer, on the wire and in the body. */
@NullMarked
package io.gemproxy.simulator.faults;

import org.jspecify.annotations.NullMarked;
