package io.gemproxy.server.listener.certificates;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The order TLS wants (RFC 8446, section 4.4.2): the server's own certificate, then each one's
 * issuer.
 *
 * @param chain in this order
 * @param strangers certificates of the same file that are no part of it
 */
record ChainOrder(List<X509Certificate> chain, List<X509Certificate> strangers) {
    /** Orders what a file holds around its server's own certificate. */
    static ChainOrder around(X509Certificate leaf, List<X509Certificate> all) {
        List<X509Certificate> rest = new ArrayList<>(new LinkedHashSet<>(all));
        List<X509Certificate> chain = new ArrayList<>();
        Optional<X509Certificate> next = Optional.of(leaf);
        while (next.isPresent()) {
            X509Certificate last = next.get();
            chain.add(last);
            rest.remove(last);
            next = rest.stream().filter(it -> issued(it, last)).findFirst();
        }
        return new ChainOrder(List.copyOf(chain), List.copyOf(rest));
    }

    private static boolean issued(X509Certificate issuer, X509Certificate subject) {
        if (!issuer.getSubjectX500Principal().equals(subject.getIssuerX500Principal())) {
            return false;
        }
        try {
            subject.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }
}
