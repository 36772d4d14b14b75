/** Measurements in one JVM, by hand and never in a build; what they gave: docs/benchmarks.md. */
@NullMarked
package io.gemproxy.benchmarks;

import org.jspecify.annotations.NullMarked;
