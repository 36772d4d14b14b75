/** What is shipped, held against what was promised. */
@NullMarked
package io.gemproxy.dist;

import org.jspecify.annotations.NullMarked;
