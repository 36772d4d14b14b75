/** What of the measurements can be tested. */
@NullMarked
package io.gemproxy.benchmarks;

import org.jspecify.annotations.NullMarked;
