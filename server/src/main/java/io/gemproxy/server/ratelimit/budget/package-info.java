/** What clients may spend on a day and in a month, and what they have spent. */
@NullMarked
package io.gemproxy.server.ratelimit.budget;

import org.jspecify.annotations.NullMarked;
