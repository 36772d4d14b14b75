package io.gemproxy.server.authentication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * One public key of a key set (RFC 7517 section 4), read for what we need of it; whatever else it
 * carries, certificates and addresses above all, is not looked at.
 */
final class PublicJwk {
    private static final Set<String> PRIVATE_MEMBERS =
            Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private static final int ED25519_BYTES = 32;

    private final ObjectNode json;

    PublicJwk(ObjectNode json) {
        this.json = json;
    }

    /**
     * The key, pinned to its algorithm; empty if it is for another use or of a kind we do not know.
     *
     * @param allowed the algorithms of its issuer, in the order of preference
     * @throws UnfitKeyException if it must not be used at all
     */
    Optional<TrustedKey> key(Authority authority, List<SignatureAlgorithm> allowed)
            throws UnfitKeyException {
        Optional<SignatureAlgorithm> algorithm = algorithm(allowed);
        if (algorithm.isEmpty() || !isForVerifying()) {
            return Optional.empty();
        }
        for (String member : PRIVATE_MEMBERS) {
            if (json.has(member)) {
                throw new UnfitKeyException("has private parts");
            }
        }
        PublicKey material = material();
        PublicKeyCheck.check(material);
        try {
            algorithm.get().require(material);
        } catch (JoseException unfit) {
            throw new UnfitKeyException("does not fit " + algorithm.get().wireName());
        }
        return Optional.of(new TrustedKey(authority, kid(), algorithm.get(), material));
    }

    /** Its name, as far as it may be shown. */
    String kid() throws UnfitKeyException {
        if (!json.has("kid")) {
            return "";
        }
        String kid = text("kid").orElse("");
        if (!TokenHeader.isKid(kid)) {
            throw new UnfitKeyException("has a malformed kid");
        }
        return kid;
    }

    /** What it says, if that is allowed; else the only one of its kind, or the preferred one. */
    private Optional<SignatureAlgorithm> algorithm(List<SignatureAlgorithm> allowed) {
        Optional<SignatureAlgorithm.KeyKind> kind = kind();
        return allowed.stream()
                .filter(it -> kind.filter(it.keyKind()::equals).isPresent())
                .filter(it ->
                        !json.has("alg") || text("alg").filter(it.wireName()::equals).isPresent())
                .findFirst();
    }

    private Optional<SignatureAlgorithm.KeyKind> kind() {
        return switch (text("kty").orElse("") + text("crv").map(crv -> " " + crv).orElse("")) {
            case "RSA" -> Optional.of(SignatureAlgorithm.KeyKind.RSA);
            case "EC P-256" -> Optional.of(SignatureAlgorithm.KeyKind.P_256);
            case "EC P-384" -> Optional.of(SignatureAlgorithm.KeyKind.P_384);
            case "EC P-521" -> Optional.of(SignatureAlgorithm.KeyKind.P_521);
            case "OKP Ed25519" -> Optional.of(SignatureAlgorithm.KeyKind.ED25519);
            default -> Optional.empty();
        };
    }

    private boolean isForVerifying() {
        boolean use = !json.has("use") || text("use").filter("sig"::equals).isPresent();
        JsonNode operations = json.path("key_ops");
        boolean operation = operations.isMissingNode();
        for (JsonNode it : operations) {
            operation = operation || it.asText().equals("verify");
        }
        return use && operation;
    }

    private PublicKey material() throws UnfitKeyException {
        boolean edwards = text("kty").filter("OKP"::equals).isPresent();
        if (edwards && text("x").flatMap(Base64Url::decode).filter(PublicJwk::isPoint).isEmpty()) {
            throw new UnfitKeyException("is malformed");
        }
        Map<String, Object> members = new HashMap<>();
        for (String name : List.of("kty", "n", "e", "crv", "x", "y")) {
            text(name).ifPresent(value -> members.put(name, value));
        }
        try {
            return PublicJsonWebKey.Factory.newPublicJwk(members).getPublicKey();
        } catch (JoseException | RuntimeException malformed) {
            // the library lets arithmetic and encoding faults of a malformed key pass as they are
            throw new UnfitKeyException("is malformed");
        }
    }

    /** The library takes shorter ones too. */
    private static boolean isPoint(byte[] x) {
        return x.length == ED25519_BYTES;
    }

    private Optional<String> text(String member) {
        return Optional.ofNullable(json.path(member).textValue());
    }
}
