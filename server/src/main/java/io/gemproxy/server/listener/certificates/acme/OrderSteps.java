package io.gemproxy.server.listener.certificates.acme;

import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Certificate;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.OrderBuilder;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;

/** The way of one order (RFC 8555, section 7.4): names, proofs, request, certificate. */
final class OrderSteps {
    private static final System.Logger LOG = System.getLogger(OrderSteps.class.getName());

    private static final Set<Status> DECIDED =
            EnumSet.of(
                    Status.VALID,
                    Status.INVALID,
                    Status.EXPIRED,
                    Status.REVOKED,
                    Status.DEACTIVATED);

    private final Login login;
    private final AcmeConfig config;
    private final Proofs proofs;
    private final Polling polling;

    OrderSteps(Login login, AcmeConfig config, Proofs proofs, Polling polling) {
        this.login = login;
        this.config = config;
        this.proofs = proofs;
        this.polling = polling;
    }

    /**
     * @param name of a profile of the authority
     * @param required whether the order fails where there is no such profile
     */
    record Profile(Optional<String> name, boolean required) {}

    List<X509Certificate> run(byte[] request, Optional<X509Certificate> replaces, Profile profile)
            throws AcmeException, AcmeFailure, InterruptedException {
        Order order = create(replaces, profile);
        for (Authorization name : order.getAuthorizations()) {
            if (name.getStatus() != Status.VALID) {
                prove(name);
            }
        }
        if (order.getStatus() != Status.READY) {
            polling.await(
                    order, "the order", EnumSet.of(Status.READY, Status.VALID, Status.INVALID));
        }
        must(order.getStatus() != Status.INVALID, "the order", order.getError());
        order.execute(request);
        Status end = polling.await(order, "the order", EnumSet.of(Status.VALID, Status.INVALID));
        must(end == Status.VALID, "the order", order.getError());
        Certificate certificate = order.getCertificate();
        certificate.download();
        return certificate.getCertificateChain();
    }

    /** The authority need not accept what the order replaces, and a certificate matters more. */
    private Order create(Optional<X509Certificate> replaces, Profile profile)
            throws AcmeException, AcmeFailure {
        Session session = login.getSession();
        if (replaces.isPresent()
                && session.resourceUrlOptional(Resource.RENEWAL_INFO).isPresent()) {
            try {
                return builder(profile).replaces(replaces.get()).create();
            } catch (AcmeRateLimitedException limited) {
                throw limited;
            } catch (AcmeServerException refused) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "acme: ordered again without naming the certificate it replaces: {0}",
                        Failures.said(refused.getProblem()));
            }
        }
        return builder(profile).create();
    }

    private OrderBuilder builder(Profile profile) throws AcmeException, AcmeFailure {
        OrderBuilder builder = login.newOrder().domains(config.domains());
        if (profile.name().isPresent()) {
            String name = profile.name().get();
            Set<String> offered = login.getSession().getMetadata().getProfiles();
            if (offered.contains(name)) {
                builder.profile(name);
            } else if (profile.required()) {
                throw new AcmeFailure(
                        AcmeFailure.Kind.REFUSED,
                        "the authority has no profile " + name + "; it has " + offered);
            }
        }
        return builder;
    }

    private void prove(Authorization name) throws AcmeException, AcmeFailure, InterruptedException {
        String domain = name.getIdentifier().getDomain();
        if (!config.domains().contains(domain) && !config.domains().contains("*." + domain)) {
            // it would reach the operator's DNS program, which may well put it into a command
            throw new AcmeFailure(
                    AcmeFailure.Kind.PROTOCOL,
                    "the authority asks for a name that was not ordered");
        }
        try (Proofs.Shown shown = proofs.show(name, domain)) {
            Challenge challenge = shown.challenge();
            challenge.trigger();
            if (polling.await(name, "the check of " + domain, DECIDED) != Status.VALID) {
                throw new AcmeFailure(
                        AcmeFailure.Kind.VALIDATION,
                        domain + " by " + challenge.getType() + ": " + reason(name, challenge));
            }
        }
    }

    /** The authorization, which was fetched, holds the challenge as it ended. */
    private static String reason(Authorization name, Challenge tried) {
        return name.findChallenge(tried.getType())
                .flatMap(Challenge::getError)
                .map(Failures::said)
                .orElse("the authority gives no reason");
    }

    private static void must(boolean good, String what, Optional<Problem> error)
            throws AcmeFailure {
        if (!good) {
            throw new AcmeFailure(
                    AcmeFailure.Kind.REFUSED,
                    what + " failed: " + error.map(Failures::said).orElse("no reason given"));
        }
    }
}
