/** Logins with the admin password and the sessions they open. */
@NullMarked
package io.gemproxy.server.authentication.sessions;

import org.jspecify.annotations.NullMarked;
