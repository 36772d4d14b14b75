/** Sockets, the guard of the wire, routes: what stands between the network and the proxy. */
@NullMarked
package io.gemproxy.server.listener;

import org.jspecify.annotations.NullMarked;
