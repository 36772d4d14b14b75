package io.gemproxy.server.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How it stands with the certificate that is ordered by ACME.
 *
 * @param state {@code ordering}, {@code retrying} after a failure, or {@code waiting} for its time
 * @param domains its names
 * @param directories of the authorities, the preferred one first
 * @param challenge how they check that a name is ours
 * @param renewalAt when the present one shall be renewed
 * @param nextAttempt when the next order begins
 * @param nextWindowCheck when the authority is asked again when it wants it renewed
 * @param failures in a row
 * @param lastSuccess when one was stored last
 * @param issuedBy the directory of who issued it
 * @param lastFailure empty after a success
 * @param window when the authority wants it renewed (RFC 9773)
 */
public record OrderStatus(
        String state,
        List<String> domains,
        List<String> directories,
        String challenge,
        Instant renewalAt,
        Instant nextAttempt,
        Optional<Instant> nextWindowCheck,
        int failures,
        Optional<Instant> lastSuccess,
        Optional<String> issuedBy,
        Optional<Failure> lastFailure,
        Optional<Window> window) {
    public OrderStatus {
        domains = List.copyOf(domains);
        directories = List.copyOf(directories);
    }

    /**
     * @param at when
     * @param kind a stable word
     * @param message for the operator
     * @param directory of the authority
     */
    public record Failure(Instant at, String kind, String message, String directory) {}

    /**
     * @param start of the window
     * @param end of the window
     * @param chosen the moment drawn from it
     * @param explanation a page that says why
     */
    public record Window(
            Instant start, Instant end, Instant chosen, Optional<String> explanation) {}
}
