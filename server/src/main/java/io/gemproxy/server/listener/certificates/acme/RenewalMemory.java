package io.gemproxy.server.listener.certificates.acme;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a restart must not forget of the attempts to get a certificate.
 *
 * @param failures in a row
 * @param nextAttempt not earlier than this
 * @param failedValidations when names were found not to be ours, in the last hour
 * @param lastFailure the one that was last, if no success came after it
 * @param lastSuccess when a certificate was stored last
 * @param directory of who issued it
 * @param suggestion when that authority wants it renewed
 */
public record RenewalMemory(
        int failures,
        @Nullable Instant nextAttempt,
        List<Instant> failedValidations,
        @Nullable Failure lastFailure,
        @Nullable Instant lastSuccess,
        @Nullable String directory,
        @Nullable Suggestion suggestion) {
    static final int MOST_VALIDATIONS = 5;
    static final Duration VALIDATIONS_COUNT = Duration.ofHours(1);

    /** Nothing has happened yet. */
    public static final RenewalMemory EMPTY =
            new RenewalMemory(0, null, List.of(), null, null, null, null);

    public RenewalMemory {
        failedValidations = List.copyOf(failedValidations);
    }

    /**
     * @param at when
     * @param kind a word of {@link AcmeFailure.Kind}
     * @param message for the operator
     * @param directory of the authority
     */
    public record Failure(Instant at, String kind, String message, String directory) {}

    /**
     * A window for renewal (RFC 9773) and the moment that was drawn from it.
     *
     * @param certificate the fingerprint of which it is
     * @param start of the window
     * @param end of the window
     * @param chosen uniformly between them
     * @param explanation a page that says why
     */
    public record Suggestion(
            String certificate,
            Instant start,
            Instant end,
            Instant chosen,
            @Nullable String explanation) {}

    /** Keeps it on disk. */
    public interface Store {
        /** What was written last, or {@link #EMPTY}. */
        RenewalMemory read();

        void write(RenewalMemory memory) throws IOException;
    }

    RenewalMemory failed(AcmeFailure why, String at, Instant now, Instant next) {
        Stream<Instant> before = recent(now);
        List<Instant> validations =
                why.kind() == AcmeFailure.Kind.VALIDATION
                        ? Stream.concat(before, Stream.of(now)).toList()
                        : before.toList();
        return new RenewalMemory(
                failures + 1,
                next,
                validations,
                new Failure(now, why.kind().word(), why.said(), at),
                lastSuccess,
                directory,
                suggestion);
    }

    RenewalMemory succeeded(String from, Instant now, @Nullable Instant next) {
        return new RenewalMemory(0, next, recent(now).toList(), null, now, from, null);
    }

    RenewalMemory suggested(@Nullable Suggestion next) {
        return new RenewalMemory(
                failures,
                nextAttempt,
                failedValidations,
                lastFailure,
                lastSuccess,
                directory,
                next);
    }

    /**
     * Until when nothing is tried since too many validations failed; the past if there is no such.
     */
    Instant heldUntil(Instant now) {
        List<Instant> counted = recent(now).sorted().toList();
        return counted.size() < MOST_VALIDATIONS
                ? Instant.EPOCH
                : counted.get(counted.size() - MOST_VALIDATIONS).plus(VALIDATIONS_COUNT);
    }

    /** Until when an authority that was asked too often wants no order; the past if none does. */
    Instant pausedUntil() {
        boolean limited =
                lastFailure != null
                        && lastFailure.kind().equals(AcmeFailure.Kind.RATE_LIMITED.word());
        return limited && nextAttempt != null ? nextAttempt : Instant.EPOCH;
    }

    private Stream<Instant> recent(Instant now) {
        return failedValidations.stream()
                .filter(at -> at.isAfter(now.minus(VALIDATIONS_COUNT)) && !at.isAfter(now));
    }
}
