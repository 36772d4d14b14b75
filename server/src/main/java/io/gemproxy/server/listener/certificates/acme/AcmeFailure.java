package io.gemproxy.server.listener.certificates.acme;

import java.time.Instant;
import java.util.Optional;

/** Why there is no certificate; the message is for the operator and holds no secret. */
public final class AcmeFailure extends Exception {
    private static final int LONGEST = 600;

    private final Kind kind;
    private final Optional<Instant> notBefore;

    AcmeFailure(Kind kind, String message) {
        this(kind, message, Optional.empty(), Optional.empty());
    }

    AcmeFailure(Kind kind, String message, Throwable cause) {
        this(kind, message, Optional.empty(), Optional.of(cause));
    }

    /**
     * @param notBefore when the authority says that it may be asked again
     */
    AcmeFailure(Kind kind, String message, Optional<Instant> notBefore, Optional<Throwable> cause) {
        super(plain(message), cause.orElse(null));
        this.kind = kind;
        this.notBefore = notBefore;
    }

    public Kind kind() {
        return kind;
    }

    /** What the operator is told. */
    public String said() {
        return String.valueOf(getMessage());
    }

    /** The earliest moment the authority will listen again, if it said so. */
    Optional<Instant> notBefore() {
        return notBefore;
    }

    /** What comes from outside has no control characters and no end of its own choosing. */
    private static String plain(String message) {
        String line = message.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    /** The ways in which an order fails. */
    public enum Kind {
        /** No connection, or no answer in time. */
        UNREACHABLE("unreachable", true),
        /** Too many requests, orders or failures, in the authority's eyes. */
        RATE_LIMITED("rate_limited", true),
        /** The authority says no. */
        REFUSED("refused", true),
        /** The authority did not find the proof that a name is ours. */
        VALIDATION("validation", false),
        /** An answer that is not ACME. */
        PROTOCOL("protocol", true),
        /** An order that does not come to an end. */
        STUCK("stuck", true),
        /** A certificate came that cannot be served. */
        UNFIT_CERTIFICATE("unfit_certificate", true),
        /** The program that makes DNS records failed. */
        HOOK("hook", false),
        /** Something cannot be written or read here. */
        STORAGE("storage", false),
        /** Another instance took over in the meantime. */
        OVERTAKEN("overtaken", false);

        private final String word;
        private final boolean elsewhere;

        Kind(String word, boolean elsewhere) {
            this.word = word;
            this.elsewhere = elsewhere;
        }

        /** A stable word for records. */
        public String word() {
            return word;
        }

        /** Whether another authority may do better. */
        boolean mayWorkElsewhere() {
            return elsewhere;
        }
    }
}
