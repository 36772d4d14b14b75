/** Which of the keys that may serve comes next. */
@NullMarked
package io.gemproxy.server.keys.selection;

import org.jspecify.annotations.NullMarked;
