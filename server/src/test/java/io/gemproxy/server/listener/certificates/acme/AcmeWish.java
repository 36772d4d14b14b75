package io.gemproxy.server.listener.certificates.acme;

import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.listener.certificates.acme.AcmeConfig.KeyAlgorithm;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A configuration of which a test says only what matters to it. */
final class AcmeWish {
    private final Path storage;
    private final List<String> domains;
    private final List<URI> directories = new ArrayList<>();
    private AcmeConfig.ChallengeType challenge = AcmeConfig.ChallengeType.HTTP_01;
    private Optional<AcmeConfig.ExternalAccount> account = Optional.empty();
    private Optional<String> profile = Optional.empty();
    private Optional<Path> trusted = Optional.empty();
    private Optional<AcmeConfig.Hook> hook = Optional.empty();
    private KeyAlgorithm keyAlgorithm = KeyAlgorithm.P256;

    AcmeWish(Path storage, URI directory, String... domains) {
        this.storage = storage;
        this.domains = List.of(domains);
        directories.add(directory);
    }

    AcmeWish trusting(Path caFile) {
        trusted = Optional.of(caFile);
        return this;
    }

    AcmeWish fallback(URI directory) {
        directories.add(directory);
        return this;
    }

    AcmeWish profile(String name) {
        profile = Optional.of(name);
        return this;
    }

    AcmeWish account(String kid, Secret hmac) {
        account = Optional.of(new AcmeConfig.ExternalAccount(kid, hmac));
        return this;
    }

    AcmeWish keyAlgorithm(KeyAlgorithm type) {
        keyAlgorithm = type;
        return this;
    }

    /** By dns-01. */
    AcmeWish hook(Path program, Duration timeout) {
        challenge = AcmeConfig.ChallengeType.DNS_01;
        hook = Optional.of(new AcmeConfig.Hook(program, timeout));
        return this;
    }

    AcmeConfig config() {
        return new AcmeConfig(
                true,
                domains,
                Optional.of("admin@example.com"),
                directories,
                challenge,
                keyAlgorithm,
                account,
                profile,
                trusted,
                hook,
                storage);
    }
}
