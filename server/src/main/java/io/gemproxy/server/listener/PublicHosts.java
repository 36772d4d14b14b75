package io.gemproxy.server.listener;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

/**
 * By which name a client of plain HTTP is sent to the proxy port. What it says in {@code Host} is
 * taken only if it is one of our names: nobody is led anywhere else.
 */
final class PublicHosts {
    private static final int HTTPS = 443;

    private final Optional<URI> publicUrl;
    private final List<String> domains;
    private final Predicate<String> certified;
    private final IntSupplier port;

    /**
     * @param publicUrl decides alone where it is https
     * @param domains those of ACME; the first that is no wildcard stands in for a name not ours
     * @param certified whether a served certificate is for that name or address
     * @param port of the proxy listener
     */
    PublicHosts(
            Optional<URI> publicUrl,
            List<String> domains,
            Predicate<String> certified,
            IntSupplier port) {
        this.publicUrl = publicUrl.filter(url -> "https".equals(url.getScheme()));
        this.domains = domains.stream().map(PublicHosts::plain).toList();
        this.certified = certified;
        this.port = port;
    }

    /**
     * Where to go.
     *
     * @param host the field, which is a name or an address, with or without a port
     * @return an origin without a path; empty if there is none that is ours for certain
     */
    Optional<String> origin(String host) {
        if (publicUrl.isPresent()) {
            return publicUrl.map(url -> "https://" + url.getRawAuthority());
        }
        String asked = plain(host);
        Optional<String> known =
                domains.contains(asked) || certified.test(literal(asked))
                        ? Optional.of(asked)
                        : domains.stream().filter(name -> !name.startsWith("*")).findFirst();
        return known.filter(name -> !name.isEmpty()).map(name -> "https://" + name + port());
    }

    private String port() {
        int bound = port.getAsInt();
        return bound == HTTPS ? "" : ":" + bound;
    }

    /** Without port, in lower case, without the dot of the root. */
    private static String plain(String host) {
        int colon = host.indexOf(':', host.startsWith("[") ? Math.max(host.indexOf(']'), 0) : 0);
        String name = (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** An address of IPv6 as certificates are read. */
    private static String literal(String host) {
        if (!host.startsWith("[")) {
            return host;
        }
        try {
            return InetAddress.ofLiteral(host.substring(1, host.length() - 1)).getHostAddress();
        } catch (IllegalArgumentException none) {
            return host;
        }
    }
}
