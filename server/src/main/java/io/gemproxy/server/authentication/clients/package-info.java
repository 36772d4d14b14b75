/** Declared clients: their static keys, their OAuth secrets, and what they may do at most. */
@NullMarked
package io.gemproxy.server.authentication.clients;

import org.jspecify.annotations.NullMarked;
