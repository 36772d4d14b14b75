/** What the product emitted in a run of tests, and the search for secrets in it. */
@NullMarked
package io.gemproxy.emissions;

import org.jspecify.annotations.NullMarked;
