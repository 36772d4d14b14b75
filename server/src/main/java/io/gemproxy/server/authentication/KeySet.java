package io.gemproxy.server.authentication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The usable keys of one issuer at one moment, read from a JSON Web Key Set (RFC 7517 section 5).
 *
 * @param keys no two of them with the same name and algorithm
 */
record KeySet(List<TrustedKey> keys) {
    /** The longest document that is read. */
    static final int MOST_BYTES = 256 * 1024;

    private static final int MOST_KEYS = 100;
    private static final System.Logger LOG = System.getLogger(KeySet.class.getName());

    /**
     * Reads a document. A key that we cannot use is left out, as the RFC asks; one that must not be
     * used is left out with a warning.
     *
     * @throws IOException if it is no key set, has more than 100 keys, or two that cannot be told
     *     apart
     */
    static KeySet read(byte[] document, IssuerConfig issuer) throws IOException {
        Optional<JsonNode> listed =
                document.length > MOST_BYTES
                        ? Optional.empty()
                        : StrictJson.object(document).map(json -> json.path("keys"));
        JsonNode entries =
                listed.filter(JsonNode::isArray)
                        .orElseThrow(() -> new IOException("is not a JSON Web Key Set"));
        if (entries.size() > MOST_KEYS) {
            throw new IOException("has more than " + MOST_KEYS + " keys");
        }
        List<TrustedKey> keys = new ArrayList<>();
        for (JsonNode entry : entries) {
            usable(entry, issuer).ifPresent(keys::add);
        }
        if (keys.stream().map(key -> key.kid() + ' ' + key.algorithm()).distinct().count()
                != keys.size()) {
            throw new IOException("has two keys of one name");
        }
        return new KeySet(List.copyOf(keys));
    }

    /** The key of a name; without a name the only one of the algorithm. */
    Optional<TrustedKey> find(Optional<String> kid, SignatureAlgorithm algorithm) {
        List<TrustedKey> fitting =
                keys.stream()
                        .filter(key -> key.algorithm() == algorithm)
                        .filter(key -> kid.isEmpty() || kid.get().equals(key.kid()))
                        .toList();
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    private static Optional<TrustedKey> usable(JsonNode entry, IssuerConfig issuer) {
        if (!(entry instanceof ObjectNode json)) {
            return Optional.empty();
        }
        try {
            return new PublicJwk(json).key(Authority.of(issuer), allowed(issuer));
        } catch (UnfitKeyException unfit) {
            LOG.log(
                    Level.WARNING,
                    "a key of " + issuer.issuer() + " " + unfit.getMessage() + "; it is not used");
            return Optional.empty();
        }
    }

    private static List<SignatureAlgorithm> allowed(IssuerConfig issuer) {
        return issuer.algorithms().isEmpty()
                ? Arrays.stream(SignatureAlgorithm.values()).filter(it -> !it.isShared()).toList()
                : issuer.algorithms().stream()
                        .map(SignatureAlgorithm::named)
                        .flatMap(Optional::stream)
                        .filter(it -> !it.isShared())
                        .toList();
    }
}
