/** A runnable stand-in for the Gemini API: starts, scripts and asks the simulator. */
@NullMarked
package io.gemproxy.simulator;

import org.jspecify.annotations.NullMarked;
