package io.gemproxy.server.listener.certificates.acme;

import io.gemproxy.server.listener.certificates.AlpnChallenges;
import io.gemproxy.server.listener.certificates.HttpChallenges;
import io.gemproxy.server.listener.certificates.acme.RenewalMemory.Suggestion;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sees to it that there is a certificate, one step at a time. */
public final class Renewal {
    private static final System.Logger LOG = System.getLogger(Renewal.class.getName());

    private static final Duration LOCK_IS_TAKEN = Duration.ofSeconds(30);
    private static final Duration DUE_AS_IT_COMES = Duration.ofHours(1);

    private final AcmeConfig config;
    private final List<Authority> authorities;
    private final CertificateFiles files;
    private final ServedFiles served;
    private final RenewalMemory.Store store;
    private final OrderListener listener;
    private final OrderLock lock;
    private final OrderAttempt attempt;
    private final RenewalAdvice advice;
    private final InstantSource clock;
    private final SecureRandom random;
    private volatile RenewalMemory memory;
    private volatile boolean ordering;

    /** What lay in the files when they were looked at last. */
    private volatile Optional<X509Certificate> seen;

    private Instant lockTried = Instant.EPOCH;

    /** What the store did not take counts more than what is in it. */
    private boolean unwritten;

    /**
     * @param authorities the preferred one first; not empty
     */
    Renewal(
            AcmeConfig config,
            List<Authority> authorities,
            CertificateFiles files,
            ServedFiles served,
            RenewalMemory.Store store,
            OrderListener listener,
            InstantSource clock,
            SecureRandom random) {
        this.config = config;
        this.authorities = authorities;
        this.files = files;
        this.served = served;
        this.store = store;
        this.listener = listener;
        this.lock = new OrderLock(config.storage(), clock);
        this.attempt = new OrderAttempt(config, authorities, files, served, clock, random);
        this.advice = new RenewalAdvice(clock, random);
        this.clock = clock;
        this.random = random;
        memory = store.read();
        seen = files.leaf();
    }

    /**
     * One that orders from the configured directories.
     *
     * @param http where the answers to http-01 are shown
     * @param alpn where the answers to tls-alpn-01 are shown
     * @param served what serves the files, told after each change
     */
    public static Renewal overAcme(
            AcmeConfig config,
            HttpChallenges http,
            AlpnChallenges alpn,
            CertificateFiles files,
            ServedFiles served,
            RenewalMemory.Store store,
            OrderListener listener,
            Waiting waiting,
            InstantSource clock,
            SecureRandom random) {
        Proofs proofs = new Proofs(config, http, alpn, clock, random);
        return new Renewal(
                config,
                AcmeAuthority.all(config, proofs, waiting, clock, random),
                files,
                served,
                store,
                listener,
                clock,
                random);
    }

    /** Serves what is in the files. */
    @FunctionalInterface
    public interface ServedFiles {
        void reload() throws IOException;
    }

    /** How it stands. */
    public RenewalStatus status() {
        Optional<X509Certificate> leaf = seen;
        Instant now = clock.instant();
        return new RenewalStatus(
                ordering,
                config.domains(),
                config.directories(),
                config.challenge().word(),
                due(leaf, now),
                nextAttempt(leaf, now),
                nextQuestion(leaf),
                memory);
    }

    /**
     * Until when not even an admin may order, if validations failed too often or the authority
     * asked for a pause.
     */
    Optional<Instant> heldUntil() {
        Instant now = clock.instant();
        return Optional.of(later(memory.heldUntil(now), memory.pausedUntil()))
                .filter(now::isBefore);
    }

    /**
     * Does what is due.
     *
     * @param asked whether to order now, whatever the schedule says
     * @return when there will be something to do again
     */
    Instant step(boolean asked) throws InterruptedException {
        remember();
        Optional<X509Certificate> leaf = files.leaf();
        if (leaf.isPresent() && !unfit(leaf.get())) {
            ask(leaf.get());
        }
        Instant now = clock.instant();
        if (asked ? heldUntil().isEmpty() : !now.isBefore(nextAttempt(leaf, now))) {
            order(asked);
            leaf = files.leaf();
        }
        seen = leaf;
        return nextLook(leaf);
    }

    private Instant nextLook(Optional<X509Certificate> leaf) {
        Instant attempt = later(nextAttempt(leaf, clock.instant()), lockTried);
        return nextQuestion(leaf).filter(attempt::isAfter).orElse(attempt);
    }

    private Optional<Instant> nextQuestion(Optional<X509Certificate> leaf) {
        return leaf.filter(it -> !unfit(it) && issuer().isPresent()).map(advice::askAgain);
    }

    private Instant due(Optional<X509Certificate> leaf, Instant now) {
        return RenewalTime.of(
                leaf, config.domains(), Optional.ofNullable(memory.suggestion()), now);
    }

    private Instant nextAttempt(Optional<X509Certificate> leaf, Instant now) {
        Instant notBefore = memory.nextAttempt() == null ? Instant.EPOCH : memory.nextAttempt();
        return later(later(due(leaf, now), notBefore), memory.heldUntil(now));
    }

    private boolean unfit(X509Certificate leaf) {
        return RenewalTime.unfit(leaf, config.domains(), clock.instant());
    }

    private void ask(X509Certificate leaf) throws InterruptedException {
        Optional<Authority> issuer = issuer();
        if (issuer.isEmpty() || clock.instant().isBefore(advice.askAgain(leaf))) {
            return;
        }
        Suggestion before = memory.suggestion();
        Suggestion now = advice.ask(issuer.get(), leaf, before);
        if (now == null ? before != null : !now.equals(before)) {
            keep(memory.suggested(now));
        }
    }

    /** Of the present certificate, if one of these issued it. */
    private Optional<Authority> issuer() {
        return authorities.stream()
                .filter(one -> one.directory().toString().equals(memory.directory()))
                .findFirst();
    }

    private void order(boolean asked) throws InterruptedException {
        try (OrderLock.Held held = lock.take().orElse(null)) {
            if (held == null) {
                lockTried = clock.instant().plus(LOCK_IS_TAKEN);
                return;
            }
            remember();
            if (asked || !renewedByAnother()) {
                ordering = true;
                switch (attempt.order(held, issuer())) {
                    case OrderAttempt.Result.Obtained it -> obtained(it.leaf(), it.directory());
                    case OrderAttempt.Result.Failed it -> failed(it.why(), it.directory());
                }
            }
        } catch (IOException unusable) {
            AcmeFailure why =
                    new AcmeFailure(
                            AcmeFailure.Kind.STORAGE,
                            config.storage() + " cannot be used: " + unusable,
                            unusable);
            failed(why, authorities.getFirst().directory());
        } finally {
            ordering = false;
        }
    }

    /**
     * Who shares the storage may have been quicker; unusable files are for the order to replace.
     */
    private boolean renewedByAnother() {
        try {
            served.reload();
        } catch (IOException unusable) {
            return false;
        }
        Instant now = clock.instant();
        return now.isBefore(due(files.leaf(), now));
    }

    private void obtained(X509Certificate leaf, URI directory) {
        Instant now = clock.instant();
        keep(memory.succeeded(directory.toString(), now, notBefore(leaf, now)));
        LOG.log(
                Level.INFO,
                "acme: a certificate for {0} from {1} is served; it ends {2} and is renewed by {3}",
                String.join(", ", config.domains()),
                directory,
                leaf.getNotAfter().toInstant(),
                RenewalTime.backstop(leaf));
        listener.obtained(leaf, directory);
    }

    /** One that is due as it comes must not be answered by one order after another. */
    private @Nullable Instant notBefore(X509Certificate leaf, Instant now) {
        if (now.isBefore(
                RenewalTime.of(Optional.of(leaf), config.domains(), Optional.empty(), now))) {
            return null;
        }
        Duration half = Duration.between(now, leaf.getNotAfter().toInstant()).dividedBy(2);
        return now.plus(half.compareTo(DUE_AS_IT_COMES) < 0 ? half : DUE_AS_IT_COMES);
    }

    private void failed(AcmeFailure why, URI directory) {
        Instant now = clock.instant();
        int failures = memory.failures() + 1;
        Instant next =
                later(
                        now.plus(RetrySchedule.after(failures, random)),
                        why.notBefore().orElse(Instant.EPOCH));
        keep(memory.failed(why, directory.toString(), now, next));
        LOG.log(
                Level.WARNING,
                "acme: no certificate from {0} ({1}): {2}; next attempt {3}",
                directory,
                why.kind().word(),
                why.said(),
                next);
        listener.failed(why, directory, failures, next);
    }

    private void remember() {
        if (!unwritten) {
            memory = store.read();
        }
    }

    private void keep(RenewalMemory next) {
        memory = next;
        try {
            store.write(next);
            unwritten = false;
        } catch (IOException unwritable) {
            unwritten = true;
            LOG.log(
                    Level.ERROR,
                    "acme: the schedule cannot be stored; a restart would forget it: {0}",
                    unwritable.toString());
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
