/** What a code means, and why a request went as it did. */
@NullMarked
package io.gemproxy.cli.explain;

import org.jspecify.annotations.NullMarked;
