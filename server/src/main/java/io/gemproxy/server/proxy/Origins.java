package io.gemproxy.server.proxy;

import java.net.URI;
import java.util.Locale;

/** Compares addresses by where they lead, however their port is written. */
final class Origins {
    private Origins() {}

    /** Whether both name the same host and port, a default port written out or not. */
    static boolean sameHost(URI one, URI other) {
        return one.getHost() != null
                && other.getHost() != null
                && one.getHost().equalsIgnoreCase(other.getHost())
                && other.getRawUserInfo() == null
                && port(one) == port(other);
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        String scheme = address.getScheme() == null ? "" : address.getScheme();
        return scheme.toLowerCase(Locale.ROOT).equals("http") ? 80 : 443;
    }
}
