/** Unix sockets: the file that leads to one, and who is at its other end. */
@NullMarked
package io.gemproxy.server.listener.unix;

import org.jspecify.annotations.NullMarked;
