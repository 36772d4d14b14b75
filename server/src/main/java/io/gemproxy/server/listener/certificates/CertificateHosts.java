package io.gemproxy.server.listener.certificates;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Whom a certificate is for: its subject alternative names, and nothing else (RFC 9525). */
public final class CertificateHosts {
    private static final int DNS_NAME = 2; // RFC 5280, section 4.2.1.6
    private static final int IP_ADDRESS = 7;

    private CertificateHosts() {}

    /** DNS names and addresses, as they stand in it. */
    public static List<String> of(X509Certificate leaf) {
        try {
            Collection<List<?>> names = leaf.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> isHost(name.getFirst()))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException odd) {
            return List.of();
        }
    }

    /** Whether it names this host, other than by a wildcard. */
    static boolean name(X509Certificate leaf, String host) {
        return of(leaf).stream().anyMatch(name -> plain(name).equals(plain(host)));
    }

    /** Whether it names this host, or by a wildcard all of its domain. */
    public static boolean cover(X509Certificate leaf, String host) {
        String plain = plain(host);
        int dot = plain.indexOf('.');
        String wildcard = dot < 1 ? plain : "*" + plain.substring(dot);
        return of(leaf).stream()
                .map(CertificateHosts::plain)
                .anyMatch(name -> name.equals(plain) || name.equals(wildcard));
    }

    /** Names differ neither by case nor by the dot of the root. */
    static String plain(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static boolean isHost(Object kind) {
        return kind.equals(DNS_NAME) || kind.equals(IP_ADDRESS);
    }
}
