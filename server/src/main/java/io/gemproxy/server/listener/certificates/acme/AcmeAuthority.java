package io.gemproxy.server.listener.certificates.acme;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.RenewalInfo;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;

/** An authority that speaks ACME (RFC 8555). */
final class AcmeAuthority implements Authority {
    /** For one request; nothing an authority answers takes longer. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final AcmeConfig config;
    private final URI directory;
    private final DirectoryAccess access;
    private final Accounts accounts;
    private final Proofs proofs;
    private final Waiting waiting;
    private final InstantSource clock;
    private final SecureRandom random;

    /**
     * @param directory one of the configured
     */
    AcmeAuthority(
            AcmeConfig config,
            URI directory,
            Proofs proofs,
            Waiting waiting,
            InstantSource clock,
            SecureRandom random) {
        this.config = config;
        this.directory = directory;
        access = new DirectoryAccess(config.trusted());
        accounts = new Accounts(config, directory, random);
        this.proofs = proofs;
        this.waiting = waiting;
        this.clock = clock;
        this.random = random;
    }

    /** All that are configured. */
    static List<Authority> all(
            AcmeConfig config,
            Proofs proofs,
            Waiting waiting,
            InstantSource clock,
            SecureRandom random) {
        return config.directories().stream()
                .<Authority>map(directory ->
                        new AcmeAuthority(config, directory, proofs, waiting, clock, random))
                .toList();
    }

    @Override
    public URI directory() {
        return directory;
    }

    @Override
    public Issued order(KeyPair key, Optional<X509Certificate> replaces, Step step)
            throws AcmeFailure, InterruptedException {
        try {
            Session session = session();
            Login login = accounts.login(session);
            step.next();
            byte[] request =
                    SigningRequest.of(config.domains(), key, config.keyAlgorithm(), random);
            OrderSteps steps =
                    new OrderSteps(login, config, proofs, new Polling(waiting, clock, step));
            return new Issued(steps.run(request, replaces, wanted()), key.getPrivate());
        } catch (IOException unusable) {
            throw new AcmeFailure(
                    AcmeFailure.Kind.STORAGE, "the account cannot be kept: " + unusable, unusable);
        } catch (AcmeException | RuntimeException failure) {
            throw Failures.of(failure);
        }
    }

    /** A fallback may not know the profile of the first one. */
    private OrderSteps.Profile wanted() {
        return new OrderSteps.Profile(
                config.profile(), directory.equals(config.directories().getFirst()));
    }

    @Override
    public Optional<Window> window(X509Certificate leaf) throws AcmeFailure, InterruptedException {
        try {
            Session session = session();
            boolean offered = session.resourceUrlOptional(Resource.RENEWAL_INFO).isPresent();
            return offered ? Optional.of(window(session, leaf)) : Optional.empty();
        } catch (IOException unusable) {
            throw new AcmeFailure(
                    AcmeFailure.Kind.STORAGE, "the account cannot be kept: " + unusable, unusable);
        } catch (AcmeException | RuntimeException failure) {
            throw Failures.of(failure);
        }
    }

    private Window window(Session session, X509Certificate leaf) throws AcmeException, IOException {
        // the question is not signed, so the account's address does not matter
        RenewalInfo told =
                session.login(directory.toURL(), accounts.keyPair()).bindRenewalInfo(leaf);
        Optional<Instant> retry = told.fetch();
        Instant start = told.getSuggestedWindowStart();
        Instant end = told.getSuggestedWindowEnd();
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("the window ends before it begins");
        }
        return new Window(
                start,
                end,
                told.getExplanation().map(URL::toString),
                retry.map(at -> Duration.between(clock.instant(), at)));
    }

    private Session session() {
        Session session = new Session(directory, access);
        session.networkSettings().setTimeout(DEADLINE);
        return session;
    }
}
