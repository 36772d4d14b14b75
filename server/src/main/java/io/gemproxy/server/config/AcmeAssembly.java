package io.gemproxy.server.config;

import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.listener.certificates.acme.AcmeConfig;
import io.gemproxy.server.listener.certificates.acme.AcmeConfig.ChallengeType;
import io.gemproxy.server.listener.certificates.acme.AcmeConfig.ExternalAccount;
import io.gemproxy.server.listener.certificates.acme.AcmeConfig.Hook;
import io.gemproxy.server.listener.certificates.acme.AcmeConfig.KeyAlgorithm;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the record of certificates by ACME. */
final class AcmeAssembly {
    private static final String HERE = AcmeSettings.SECTION + ".";

    private final Reading read;
    private final Leaves leaves;

    AcmeAssembly(Reading read, Leaves leaves) {
        this.read = read;
        this.leaves = leaves;
    }

    AcmeConfig acme() {
        return new AcmeConfig(
                read.flag(HERE + "enabled") && read.flag("server.tls.enabled"),
                read.texts(HERE + "domains"),
                read.text(HERE + "email"),
                directories(),
                ChallengeType.valueOf(constant("challenge").replace('-', '_')),
                KeyAlgorithm.valueOf(constant("key_type")),
                external(),
                read.text(HERE + "profile"),
                read.optionalPath(HERE + "ca_file"),
                read.optionalPath(HERE + "dns_hook")
                        .map(program ->
                                new Hook(program, read.seconds(HERE + "dns_hook_timeout_seconds"))),
                read.optionalPath(HERE + "storage_dir")
                        .orElseGet(() -> read.path("state.dir").resolve("acme")));
    }

    /** Without those that are none, which the review reports. */
    private List<URI> directories() {
        String standard = Settings.at(HERE + "directory_url").standard().orElseThrow();
        URI first =
                leaves.find(HERE + "directory_url")
                        .flatMap(leaf -> AcmeReview.directory(leaf.text()))
                        .orElseGet(() -> URI.create(standard));
        return Stream.concat(
                        Stream.of(first),
                        read
                                .text(HERE + "fallback_directory_url")
                                .flatMap(AcmeReview::directory)
                                .stream())
                .distinct()
                .toList();
    }

    private Optional<ExternalAccount> external() {
        Optional<String> hmac = read.text(HERE + "eab_hmac_key");
        return read.text(HERE + "eab_kid")
                .flatMap(kid ->
                        hmac.map(key -> new ExternalAccount(kid.strip(), Secret.of(key.strip()))));
    }

    private String constant(String name) {
        return read.choice(HERE + name).toUpperCase(Locale.ROOT);
    }
}
