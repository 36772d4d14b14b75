/** Commands about client tokens. */
@NullMarked
package io.gemproxy.cli.token;

import org.jspecify.annotations.NullMarked;
