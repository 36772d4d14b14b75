/** Commands about the static keys and the OAuth secrets of declared clients. */
@NullMarked
package io.gemproxy.cli.clientkey;

import org.jspecify.annotations.NullMarked;
