package io.gemproxy.server.listener.certificates.acme;

import io.gemproxy.server.listener.certificates.AlpnChallenges;
import io.gemproxy.server.listener.certificates.HttpChallenges;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.Dns01Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.challenge.TlsAlpn01Challenge;

/** Shows an authority that a name is ours, in the way that is configured. */
final class Proofs {
    private final AcmeConfig config;
    private final HttpChallenges http;
    private final AlpnChallenges alpn;
    private final InstantSource clock;
    private final SecureRandom random;
    private final DnsRecords records;

    Proofs(
            AcmeConfig config,
            HttpChallenges http,
            AlpnChallenges alpn,
            InstantSource clock,
            SecureRandom random) {
        this.config = config;
        this.http = http;
        this.alpn = alpn;
        this.clock = clock;
        this.random = random;
        records = new DnsRecords(config, clock);
    }

    /**
     * Something that is shown until it is closed.
     *
     * @param challenge that it meets
     * @param withdraw takes it back; never fails
     */
    record Shown(Challenge challenge, Runnable withdraw) implements AutoCloseable {
        @Override
        public void close() {
            withdraw.run();
        }
    }

    Shown show(Authorization name, String domain) throws AcmeFailure, InterruptedException {
        return switch (config.challenge()) {
            case HTTP_01 -> http(found(name.findChallenge(Http01Challenge.class), name, domain));
            case TLS_ALPN_01 ->
                    alpn(found(name.findChallenge(TlsAlpn01Challenge.class), name, domain), domain);
            case DNS_01 ->
                    dns(found(name.findChallenge(Dns01Challenge.class), name, domain), domain);
        };
    }

    private <C extends Challenge> C found(Optional<C> challenge, Authorization name, String domain)
            throws AcmeFailure {
        if (challenge.isPresent()) {
            return challenge.get();
        }
        List<String> offered = name.getChallenges().stream().map(Challenge::getType).toList();
        throw new AcmeFailure(
                AcmeFailure.Kind.REFUSED,
                "the authority does not offer "
                        + config.challenge().word()
                        + " for "
                        + domain
                        + ", but "
                        + offered);
    }

    private Shown http(Http01Challenge challenge) {
        http.offer(challenge.getToken(), challenge.getAuthorization());
        return new Shown(challenge, () -> http.withdraw(challenge.getToken()));
    }

    private Shown alpn(TlsAlpn01Challenge challenge, String domain) {
        alpn.offer(
                domain,
                AlpnCertificate.of(domain, challenge.getAcmeValidation(), clock.instant(), random));
        return new Shown(challenge, () -> alpn.withdraw(domain));
    }

    private Shown dns(Dns01Challenge challenge, String domain)
            throws AcmeFailure, InterruptedException {
        AcmeConfig.Hook hook =
                config.hook()
                        .orElseThrow(() ->
                                new AcmeFailure(
                                        AcmeFailure.Kind.HOOK,
                                        "dns-01 needs server.tls.acme.dns_hook"));
        return new Shown(challenge, records.make(hook, domain, challenge.getDigest()));
    }
}
