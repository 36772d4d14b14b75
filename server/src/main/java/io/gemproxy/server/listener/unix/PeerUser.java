package io.gemproxy.server.listener.unix;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;

/** Who is at the other end of a Unix socket, by the kernel's word (SO_PEERCRED). */
public final class PeerUser {
    private PeerUser() {}

    /**
     * The name of the user that connected, or its number if it has no name.
     *
     * @throws IOException if the kernel does not say
     */
    public static String of(SocketChannel channel) throws IOException {
        return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    }
}
