package io.gemproxy.server.config;

import io.gemproxy.server.authentication.IssuerConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Makes the records of issuers out of the values that were read. */
final class IssuerAssembly {
    private final Reading read;
    private final Leaves leaves;

    IssuerAssembly(Reading read, Leaves leaves) {
        this.read = read;
        this.leaves = leaves;
    }

    /** Those that can be made; what the others lack the review reports. */
    List<IssuerConfig> issuers() {
        return leaves.entryPaths(IssuerSettings.ISSUERS).stream()
                .map(path -> issuer(path + "."))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<IssuerConfig> issuer(String entry) {
        Optional<String> issuer = read.text(entry + "issuer");
        Optional<IssuerConfig.Keys> keys = keys(entry);
        if (issuer.isEmpty() || keys.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new IssuerConfig(
                        issuer.get(),
                        read.text(entry + "audience").orElse(IssuerConfig.AUDIENCE),
                        keys.get(),
                        read.texts(entry + "algorithms"),
                        read.flag(entry + "admin_tokens"),
                        read.text(entry + "subject_prefix").orElse("")));
    }

    private Optional<IssuerConfig.Keys> keys(String entry) {
        return leaves.find(entry + "file").isPresent()
                ? read.optionalPath(entry + "file").map(IssuerConfig.InFile::new)
                : read.text(entry + "url")
                        .flatMap(IssuerAssembly::https)
                        .map(IssuerConfig.AtUrl::new);
    }

    /** The address a key set may have, if the text is one. */
    static Optional<URI> https(String text) {
        try {
            URI url = new URI(text.strip());
            boolean fit =
                    "https".equals(url.getScheme())
                            && url.getHost() != null
                            && url.getPort() <= 65_535
                            && url.getRawUserInfo() == null
                            && url.getRawFragment() == null;
            return fit ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }
}
