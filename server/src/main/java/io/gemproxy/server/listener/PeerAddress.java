package io.gemproxy.server.listener;

import io.helidon.common.socket.PeerInfo;
import java.net.InetSocketAddress;

/** The address of a client, as it is recorded. */
final class PeerAddress {
    private PeerAddress() {}

    /** The IP address in digits; a dash if there is none. */
    static String of(PeerInfo peer) {
        return peer.address() instanceof InetSocketAddress address && address.getAddress() != null
                ? address.getAddress().getHostAddress()
                : "-";
    }
}
