/** Why a request went as it did, and what each code means. */
@NullMarked
package io.gemproxy.server.explanation;

import org.jspecify.annotations.NullMarked;
