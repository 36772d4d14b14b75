/** What Google counts per project and model: limits, what is used of them, when room opens. */
@NullMarked
package io.gemproxy.server.keys.quota;

import org.jspecify.annotations.NullMarked;
