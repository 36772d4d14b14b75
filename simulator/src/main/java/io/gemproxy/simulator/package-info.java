/** The gemproxy simulator. */
@org.jspecify.annotations.NullMarked
package io.gemproxy.simulator;
