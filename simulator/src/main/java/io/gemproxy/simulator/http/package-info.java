/** HTTP/1.1 on blocking sockets, with a hand on every byte that is sent. */
@NullMarked
package io.gemproxy.simulator.http;

import org.jspecify.annotations.NullMarked;
