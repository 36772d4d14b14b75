/** Puts a changed configuration into effect while the server runs, whole or not at all. */
@NullMarked
package io.gemproxy.server.reload;

import org.jspecify.annotations.NullMarked;
