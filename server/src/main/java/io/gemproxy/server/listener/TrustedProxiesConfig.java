package io.gemproxy.server.listener;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Proxies before this one that are believed where they say a request comes from.
 *
 * @param networks they are in; empty if none is believed
 * @param header in which they say so; others may be the client's own words
 */
public record TrustedProxiesConfig(List<Network> networks, Header header) {
    /** Nobody is believed. */
    public static final TrustedProxiesConfig NONE =
            new TrustedProxiesConfig(List.of(), Header.X_FORWARDED_FOR);

    /** Where a proxy names the address it was called from. */
    public enum Header {
        X_FORWARDED_FOR,
        /** RFC 7239. */
        FORWARDED
    }

    boolean trusts(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /**
     * A range of addresses.
     *
     * @param address any in it
     * @param bits of it that all have in common
     */
    public record Network(InetAddress address, int bits) {
        /** Reads {@code 10.0.0.0/8}, or one address; empty if it is neither. */
        public static Optional<Network> parse(String text) {
            int slash = text.indexOf('/');
            String literal = slash < 0 ? text : text.substring(0, slash);
            if (!literal.matches("[0-9]+(\\.[0-9]+){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
                return Optional.empty();
            }
            try {
                InetAddress address = InetAddress.ofLiteral(literal);
                int longest = address.getAddress().length * 8;
                int bits = slash < 0 ? longest : Integer.parseInt(text.substring(slash + 1));
                return bits < 0 || bits > longest
                        ? Optional.empty()
                        : Optional.of(new Network(address, bits));
            } catch (IllegalArgumentException noAddress) {
                return Optional.empty();
            }
        }

        boolean contains(InetAddress other) {
            byte[] ours = address.getAddress();
            byte[] theirs = other.getAddress();
            if (ours.length != theirs.length) {
                return false;
            }
            int whole = bits / 8;
            for (int i = 0; i < whole; i++) {
                if (ours[i] != theirs[i]) {
                    return false;
                }
            }
            int rest = 8 - bits % 8;
            return rest == 8 || (ours[whole] & 0xFF) >> rest == (theirs[whole] & 0xFF) >> rest;
        }
    }
}
