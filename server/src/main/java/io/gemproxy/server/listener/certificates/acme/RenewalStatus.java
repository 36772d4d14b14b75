package io.gemproxy.server.listener.certificates.acme;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How it stands with the ordered certificate.
 *
 * @param ordering whether an order is under way
 * @param domains its names
 * @param directories of the authorities, the preferred one first
 * @param challenge the word of how names are proven
 * @param renewal when it shall be renewed, the present if it is overdue
 * @param nextAttempt when the next order begins
 * @param nextCheck when the authority is asked again for its opinion, if there is a certificate
 * @param memory what happened up to now
 */
public record RenewalStatus(
        boolean ordering,
        List<String> domains,
        List<URI> directories,
        String challenge,
        Instant renewal,
        Instant nextAttempt,
        Optional<Instant> nextCheck,
        RenewalMemory memory) {}
