/** Commands about what clients have spent. */
@NullMarked
package io.gemproxy.cli.budgets;

import org.jspecify.annotations.NullMarked;
