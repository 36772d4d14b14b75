/** The one-line language that makes keys, models and requests misbehave. */
@NullMarked
package io.gemproxy.simulator.script;

import org.jspecify.annotations.NullMarked;
