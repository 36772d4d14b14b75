package io.gemproxy.server.listener.certificates.acme;

import io.gemproxy.server.listener.certificates.acme.RenewalMemory.Suggestion;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * When a certificate is renewed: when its authority suggests, and at the latest when a third of its
 * life is left, or half of a life under ten days.
 */
final class RenewalTime {
    private static final Duration SHORT_LIFE = Duration.ofDays(10);

    /** An authority that always says «now» must not be answered by a certificate a minute. */
    private static final Duration YOUNGEST = Duration.ofHours(6);

    /** The backstop comes up to this share of the life earlier, at a second of its own. */
    private static final int SPREAD = 50;

    private RenewalTime() {}

    /** Now, if it is none to be served for these names. */
    static Instant of(
            Optional<X509Certificate> leaf,
            List<String> domains,
            Optional<Suggestion> suggestion,
            Instant now) {
        if (leaf.isEmpty() || unfit(leaf.get(), domains, now)) {
            return now;
        }
        Instant backstop = backstop(leaf.get());
        return suggestion
                .filter(it -> it.certificate().equals(fingerprint(leaf.get())))
                .map(it -> later(it.chosen(), begin(leaf.get()).plus(YOUNGEST)))
                .filter(chosen -> chosen.isBefore(backstop))
                .orElse(backstop);
    }

    static Instant backstop(X509Certificate leaf) {
        Duration life = Duration.between(begin(leaf), end(leaf));
        Duration left = life.compareTo(SHORT_LIFE) < 0 ? life.dividedBy(2) : life.dividedBy(3);
        long spread = life.dividedBy(SPREAD).toMillis();
        // the same after a restart, and another one for each certificate
        long earlier =
                Math.floorMod(leaf.getSerialNumber().hashCode() * 2_654_435_761L, spread + 1);
        return end(leaf).minus(left).minusMillis(earlier);
    }

    /** Whether it is ours to replace at once. */
    static boolean unfit(X509Certificate leaf, List<String> domains, Instant now) {
        return isSelfSigned(leaf)
                || !CertificateCheck.covers(leaf, domains)
                || !now.isBefore(end(leaf));
    }

    static boolean isSelfSigned(X509Certificate leaf) {
        return leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal());
    }

    static String fingerprint(X509Certificate leaf) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static Instant begin(X509Certificate leaf) {
        return leaf.getNotBefore().toInstant();
    }

    private static Instant end(X509Certificate leaf) {
        return leaf.getNotAfter().toInstant();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
