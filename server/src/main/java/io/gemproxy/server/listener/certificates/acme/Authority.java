package io.gemproxy.server.listener.certificates.acme;

import java.net.URI;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who issues certificates. */
interface Authority {
    /** Where it is. */
    URI directory();

    /**
     * Orders a certificate, proves that the names are ours, and fetches it; nothing that comes back
     * is trusted yet.
     *
     * @param key whose certificate it will be
     * @param replaces the certificate in whose place it comes (RFC 9773, section 5)
     * @param step is told before each further step; may put an end to it
     */
    Issued order(KeyPair key, Optional<X509Certificate> replaces, Step step)
            throws AcmeFailure, InterruptedException;

    /**
     * When it would like to see a certificate renewed (RFC 9773, section 4); empty if it has no
     * opinion on any.
     *
     * @param leaf one that it issued
     */
    Optional<Window> window(X509Certificate leaf) throws AcmeFailure, InterruptedException;

    /** Told before each step of an order. */
    @FunctionalInterface
    interface Step {
        /**
         * @throws AcmeFailure if there is no point in going on
         */
        void next() throws AcmeFailure;
    }

    /**
     * A certificate as it came.
     *
     * @param chain the leaf first
     * @param key the leaf's
     */
    record Issued(List<X509Certificate> chain, PrivateKey key) {
        public Issued {
            chain = List.copyOf(chain);
        }

        X509Certificate leaf() {
            return chain.getFirst();
        }

        /** Keeps the key out of logs. */
        @Override
        public String toString() {
            return "Issued[" + leaf().getSubjectX500Principal() + "]";
        }
    }

    /**
     * When a certificate is best renewed.
     *
     * @param start of that time
     * @param end of it, not before its start
     * @param explanation a page that says why
     * @param askAgain how long this stays true
     */
    record Window(
            Instant start,
            Instant end,
            Optional<String> explanation,
            Optional<Duration> askAgain) {}
}
