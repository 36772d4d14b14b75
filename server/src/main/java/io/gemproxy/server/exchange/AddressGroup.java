package io.gemproxy.server.exchange;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/**
 * Addresses that are one to a limit: an IPv4 address, or the 64 leading bits of an IPv6 address,
 * behind which one subscriber chooses freely (RFC 4291 section 2.5.4).
 *
 * @param text of the address or of those bits
 */
public record AddressGroup(String text) {
    private static final int PREFIX_BYTES = 8;

    /**
     * The group of an address.
     *
     * @param address in digits; anything else is a group of its own
     */
    public static AddressGroup of(String address) {
        if (address.indexOf(':') < 0) {
            return new AddressGroup(address);
        }
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            return new AddressGroup(
                    parsed instanceof Inet6Address
                            ? HexFormat.of().formatHex(parsed.getAddress(), 0, PREFIX_BYTES)
                            : parsed.getHostAddress());
        } catch (IllegalArgumentException noAddress) {
            return new AddressGroup(address);
        }
    }
}
