package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.HeaderField;
import java.net.URI;
import java.util.Optional;

/**
 * Redirects are never followed; an address of Gemini's, of a redirect or of something made, is
 * shown as ours, any other is refused.
 */
final class Redirects {
    private final URI upstreamBase;

    Redirects(URI upstreamBase) {
        this.upstreamBase = upstreamBase;
    }

    /**
     * The header as the client may see it.
     *
     * @return empty if it points away from Gemini
     */
    Optional<HeaderField> rewritten(HeaderField field, String origin) {
        if (!isAddress(field)) {
            return Optional.of(field);
        }
        return pathAndQuery(field.value())
                .map(target -> new HeaderField(field.name(), origin + target));
    }

    /** Whether the field holds the address of a redirect. */
    static boolean isAddress(HeaderField field) {
        return field.name().equalsIgnoreCase("location");
    }

    private Optional<String> pathAndQuery(String location) {
        try {
            URI target = upstreamBase.resolve(location.strip());
            boolean ours =
                    Origins.sameHost(upstreamBase, target)
                            && upstreamBase.getScheme().equalsIgnoreCase(target.getScheme());
            if (!ours || target.getRawPath() == null) {
                return Optional.empty();
            }
            String query = target.getRawQuery();
            return Optional.of(
                    query == null ? target.getRawPath() : target.getRawPath() + "?" + query);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
