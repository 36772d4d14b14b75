/** Commands about the audit log. */
@NullMarked
package io.gemproxy.cli.audit;

import org.jspecify.annotations.NullMarked;
