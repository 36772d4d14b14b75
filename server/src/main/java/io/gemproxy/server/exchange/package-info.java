/** The nouns all steps of a request share; free of Helidon types. */
@NullMarked
package io.gemproxy.server.exchange;

import org.jspecify.annotations.NullMarked;
