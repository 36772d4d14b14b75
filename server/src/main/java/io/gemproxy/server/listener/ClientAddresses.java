package io.gemproxy.server.listener;

import io.helidon.common.socket.PeerInfo;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a request comes from: the peer, or what trusted proxies say, read from the right, where the
 * nearest one wrote, up to the first address that is not theirs. What stands left of it anybody may
 * have made up.
 */
final class ClientAddresses {
    private static final HeaderName FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");
    private static final HeaderName FORWARDED = HeaderNames.create("Forwarded");

    /** More hops than that are nobody's network. */
    private static final int MOST_HOPS = 32;

    private final TrustedProxiesConfig config;

    ClientAddresses(TrustedProxiesConfig config) {
        this.config = config;
    }

    /** The address in digits; a dash if there is none. */
    String of(PeerInfo peer, ServerRequestHeaders headers) {
        if (config.networks().isEmpty()
                || !(peer.address() instanceof InetSocketAddress socket)
                || socket.getAddress() == null
                || !config.trusts(socket.getAddress())) {
            return PeerAddress.of(peer);
        }
        return told(socket.getAddress(), hops(headers)).getHostAddress();
    }

    /** Whether connections of that peer carry the requests of many clients. */
    boolean isTrusted(PeerInfo peer) {
        return peer.address() instanceof InetSocketAddress socket
                && socket.getAddress() != null
                && config.trusts(socket.getAddress());
    }

    private InetAddress told(InetAddress peer, List<String> hops) {
        InetAddress nearest = peer;
        int end = Math.max(0, hops.size() - MOST_HOPS);
        for (int i = hops.size() - 1; i >= end; i--) {
            Optional<InetAddress> hop = address(hops.get(i));
            if (hop.isEmpty()) {
                return nearest;
            }
            nearest = hop.get();
            if (!config.trusts(nearest)) {
                return nearest;
            }
        }
        return nearest;
    }

    private List<String> hops(ServerRequestHeaders headers) {
        boolean plain = config.header() == TrustedProxiesConfig.Header.X_FORWARDED_FOR;
        HeaderName name = plain ? FORWARDED_FOR : FORWARDED;
        List<String> hops = new ArrayList<>();
        if (headers.contains(name)) {
            for (String line : headers.get(name).allValues()) {
                for (String element : line.split(",", -1)) {
                    hops.add(plain ? element.strip() : node(element));
                }
            }
        }
        return hops;
    }

    /** The {@code for} of an element of {@code Forwarded}; empty if it has none. */
    private static String node(String element) {
        for (String pair : element.split(";", -1)) {
            String stripped = pair.strip();
            if (stripped.toLowerCase(Locale.ROOT).startsWith("for=")) {
                return stripped.substring("for=".length()).replace("\"", "").strip();
            }
        }
        return "";
    }

    /** An address with or without a port; names and {@code unknown} are none. */
    private static Optional<InetAddress> address(String hop) {
        String host = hop;
        if (hop.startsWith("[")) {
            host = hop.substring(1, Math.max(1, hop.indexOf(']')));
        } else if (hop.indexOf(':') == hop.lastIndexOf(':') && hop.indexOf(':') >= 0) {
            host = hop.substring(0, hop.indexOf(':'));
        }
        return host.indexOf('/') >= 0
                ? Optional.empty()
                : TrustedProxiesConfig.Network.parse(host)
                        .map(TrustedProxiesConfig.Network::address);
    }
}
