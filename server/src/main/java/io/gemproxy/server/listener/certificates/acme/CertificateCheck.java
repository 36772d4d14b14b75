package io.gemproxy.server.listener.certificates.acme;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether a certificate is what was ordered. The authority is not believed. */
final class CertificateCheck {
    private static final int DNS_NAME = 2; // RFC 5280, section 4.2.1.6

    /** Clocks differ. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private CertificateCheck() {}

    /**
     * @param key the one it was ordered for
     * @throws AcmeFailure if it cannot be served, and why
     */
    static void fits(List<X509Certificate> chain, PublicKey key, List<String> domains, Instant now)
            throws AcmeFailure {
        Optional<String> fault = fault(chain, key, domains, now);
        if (fault.isPresent()) {
            throw new AcmeFailure(
                    AcmeFailure.Kind.UNFIT_CERTIFICATE,
                    "the certificate that came is not installed: " + fault.get());
        }
    }

    private static Optional<String> fault(
            List<X509Certificate> chain, PublicKey key, List<String> domains, Instant now) {
        if (chain.isEmpty()) {
            return Optional.of("there is none in the answer");
        }
        X509Certificate leaf = chain.getFirst();
        if (!leaf.getPublicKey().equals(key)) {
            return Optional.of("it is for another key");
        }
        for (String domain : domains) {
            if (!names(leaf).contains(domain)) {
                return Optional.of("it does not have the name " + domain);
            }
        }
        if (!now.isBefore(leaf.getNotAfter().toInstant())) {
            return Optional.of("it expired at " + leaf.getNotAfter().toInstant());
        }
        if (now.plus(TOLERANCE).isBefore(leaf.getNotBefore().toInstant())) {
            return Optional.of("it is not valid before " + leaf.getNotBefore().toInstant());
        }
        return brokenLink(chain, now);
    }

    private static Optional<String> brokenLink(List<X509Certificate> chain, Instant now) {
        for (int i = 1; i < chain.size(); i++) {
            X509Certificate issuer = chain.get(i);
            X509Certificate issued = chain.get(i - 1);
            if (!issued.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
                    || !signed(issued, issuer)
                    || issuer.getBasicConstraints() < 0) {
                return Optional.of("its chain is broken at certificate " + (i + 1));
            }
            if (now.isAfter(issuer.getNotAfter().toInstant())) {
                return Optional.of("its chain has an expired certificate at place " + (i + 1));
            }
        }
        return Optional.empty();
    }

    private static boolean signed(X509Certificate issued, X509Certificate issuer) {
        try {
            issued.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException no) {
            return false;
        }
    }

    /** Whether a certificate is for all these names. */
    static boolean covers(X509Certificate leaf, List<String> domains) {
        return names(leaf).containsAll(domains);
    }

    private static Set<String> names(X509Certificate leaf) {
        Set<String> found = new HashSet<>();
        try {
            Collection<List<?>> names = leaf.getSubjectAlternativeNames();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                if (name.getFirst().equals(DNS_NAME)) {
                    found.add(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT));
                }
            }
        } catch (CertificateParsingException odd) {
            return Set.of();
        }
        return found;
    }
}
