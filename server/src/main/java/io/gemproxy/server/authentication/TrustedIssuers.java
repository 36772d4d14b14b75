package io.gemproxy.server.authentication;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** Everybody else whose tokens are believed, by {@code iss}, with their public keys. */
public final class TrustedIssuers {
    /** Nobody. */
    public static final TrustedIssuers NONE =
            new TrustedIssuers(
                    List.of(),
                    (_, _) -> {
                        throw new IOException("nobody is asked for keys");
                    },
                    () -> 0);

    private final KeySetSource source;
    private final LongSupplier nanoTime;
    private volatile Map<String, IssuerKeys> byIssuer;

    /**
     * @param issuers no two with the same {@code iss}
     * @param source brings their key sets; asked when the first token needs one, or by {@link
     *     #readAhead}
     */
    public TrustedIssuers(List<IssuerConfig> issuers, KeySetSource source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
        byIssuer =
                issuers.stream()
                        .collect(
                                toUnmodifiableMap(
                                        IssuerConfig::issuer,
                                        it -> new IssuerKeys(it, source, nanoTime)));
    }

    /**
     * Makes ready to trust others. Key sets in files are read at once, those on the network when
     * they take effect; what is known of an issuer that stays as it is stays known.
     *
     * @throws IOException with the file's name, if one cannot be read or is no key set
     */
    public NextIssuers prepare(List<IssuerConfig> next) throws IOException {
        Map<String, IssuerKeys> keys = new HashMap<>();
        boolean changed = next.size() != byIssuer.size();
        for (IssuerConfig issuer : next) {
            IssuerKeys before = byIssuer.get(issuer.issuer());
            IssuerKeys now = IssuerKeys.prepared(issuer, before, source, nanoTime);
            keys.put(issuer.issuer(), now);
            changed |= now != before;
        }
        return new NextIssuers(Map.copyOf(keys), changed, this::trust);
    }

    /** Those that are trusted now. */
    public Set<IssuerConfig> all() {
        return byIssuer.values().stream().map(IssuerKeys::issuer).collect(toUnmodifiableSet());
    }

    private void trust(Map<String, IssuerKeys> next) {
        byIssuer = next;
        readAhead();
    }

    /** Begins to read all key sets and does not wait for them. */
    public void readAhead() {
        byIssuer.values().forEach(IssuerKeys::readBehind);
    }

    /**
     * The key a token must be signed with. What it says of its issuer only chooses where to look: a
     * key belongs to one issuer, and is held against the claim again once the signature holds.
     */
    TrustedKey key(TokenHeader header, ObjectNode claims) throws TokenRefusedException {
        String issuer = Optional.ofNullable(claims.path("iss").textValue()).orElse("");
        return keys(issuer).orElseThrow(Refusal.TOKEN_ISSUER_REFUSED::raise).key(header);
    }

    /** Whether a key is still one of its issuer's. */
    boolean trusts(TrustedKey key) {
        return key.authority()
                .issuer()
                .flatMap(this::keys)
                .filter(it -> it.trusts(key))
                .isPresent();
    }

    private Optional<IssuerKeys> keys(String issuer) {
        return Optional.ofNullable(byIssuer.get(issuer));
    }
}
