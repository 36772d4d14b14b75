/** Commands about certificates. */
@NullMarked
package io.gemproxy.cli.cert;

import org.jspecify.annotations.NullMarked;
