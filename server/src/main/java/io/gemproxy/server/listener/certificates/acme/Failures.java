package io.gemproxy.server.listener.certificates.acme;

import io.gemproxy.server.listener.certificates.acme.AcmeFailure.Kind;
import java.util.Optional;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;

/** Gives what the library throws its kind. */
final class Failures {
    private static final String PREFIX = "urn:ietf:params:acme:error:";

    private Failures() {}

    /**
     * @throws InterruptedException if it is none but an end that somebody wished
     */
    static AcmeFailure of(Exception thrown) throws InterruptedException {
        Throwable cause = thrown;
        while (cause instanceof AcmeLazyLoadingException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (Thread.currentThread().isInterrupted() || interrupted(cause)) {
            throw new InterruptedException("the order is left");
        }
        return switch (cause) {
            case AcmeRateLimitedException limited ->
                    new AcmeFailure(
                            Kind.RATE_LIMITED,
                            said(limited.getProblem()),
                            limited.getRetryAfter(),
                            Optional.of(limited));
            case AcmeServerException refused ->
                    new AcmeFailure(Kind.REFUSED, said(refused.getProblem()), refused);
            case AcmeNetworkException network ->
                    new AcmeFailure(Kind.UNREACHABLE, innermost(network), network);
            case AcmeException other -> new AcmeFailure(Kind.PROTOCOL, innermost(other), other);
            default ->
                    new AcmeFailure(
                            Kind.PROTOCOL,
                            "an answer that cannot be understood: " + innermost(cause),
                            cause);
        };
    }

    /** The authority's own words, after the kind of problem. */
    static String said(Problem problem) {
        String type = String.valueOf(problem.getType());
        String kind = type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : type;
        return kind + problem.getDetail().map(detail -> ": " + detail).orElse("");
    }

    private static boolean interrupted(Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }

    private static String innermost(Throwable thrown) {
        Throwable at = thrown;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        String message = at.getMessage();
        return at.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
