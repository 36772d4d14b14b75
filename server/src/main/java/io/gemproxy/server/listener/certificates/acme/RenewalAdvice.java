package io.gemproxy.server.listener.certificates.acme;

import io.gemproxy.server.listener.certificates.acme.Authority.Window;
import io.gemproxy.server.listener.certificates.acme.RenewalMemory.Suggestion;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks the authority now and then when it wants its certificate renewed, and draws a moment from
 * the window that it gives (RFC 9773, section 4.2). What it cannot say changes nothing.
 */
final class RenewalAdvice {
    private static final System.Logger LOG = System.getLogger(RenewalAdvice.class.getName());

    private static final Duration USUALLY = Duration.ofHours(6);
    private static final Duration SOONEST = Duration.ofMinutes(15);
    private static final Duration LATEST = Duration.ofDays(1);

    private final InstantSource clock;
    private final RandomGenerator random;
    private Instant askAgain = Instant.EPOCH;
    private String asked = "";

    RenewalAdvice(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** When it is asked next of this certificate; the past if it was never asked. */
    Instant askAgain(X509Certificate leaf) {
        return asked.equals(RenewalTime.fingerprint(leaf)) ? askAgain : Instant.EPOCH;
    }

    /** The suggestion that holds from now on. */
    @Nullable Suggestion ask(Authority authority, X509Certificate leaf, @Nullable Suggestion before)
            throws InterruptedException {
        asked = RenewalTime.fingerprint(leaf);
        Duration pause = USUALLY;
        @Nullable Suggestion now = ofThis(before);
        try {
            Optional<Window> window = authority.window(leaf);
            now = window.isEmpty() ? null : drawn(window.get(), now);
            pause = window.flatMap(Window::askAgain).orElse(USUALLY);
        } catch (AcmeFailure unknown) {
            LOG.log(
                    Level.INFO,
                    "acme: {0} does not say when it wants the certificate renewed: {1}",
                    authority.directory(),
                    unknown.said());
        }
        askAgain = clock.instant().plus(bounded(pause));
        return now;
    }

    private @Nullable Suggestion ofThis(@Nullable Suggestion before) {
        return before != null && before.certificate().equals(asked) ? before : null;
    }

    /** A window that stays the same keeps its moment. */
    private Suggestion drawn(Window window, @Nullable Suggestion before) {
        if (before != null
                && before.start().equals(window.start())
                && before.end().equals(window.end())) {
            return before;
        }
        long width = Duration.between(window.start(), window.end()).toMillis();
        Instant chosen = window.start().plusMillis(random.nextLong(width + 1));
        LOG.log(
                Level.INFO,
                "acme: the authority suggests renewal between {0} and {1}; {2} it is{3}",
                window.start(),
                window.end(),
                chosen,
                window.explanation().map(page -> "; it explains: " + page).orElse(""));
        return new Suggestion(
                asked, window.start(), window.end(), chosen, window.explanation().orElse(null));
    }

    private static Duration bounded(Duration pause) {
        if (pause.compareTo(SOONEST) < 0) {
            return SOONEST;
        }
        return pause.compareTo(LATEST) > 0 ? LATEST : pause;
    }
}
