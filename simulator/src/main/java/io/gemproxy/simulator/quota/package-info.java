/** Keys, the projects they belong to and the quotas of those projects. */
@NullMarked
package io.gemproxy.simulator.quota;

import org.jspecify.annotations.NullMarked;
