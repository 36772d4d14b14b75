package io.gemproxy.server.authentication;

import io.gemproxy.server.exchange.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** An issuer whose key set, health and clock are in the hand of the test. */
final class IssuerRig {
    static final String ISSUER = "https://issuer.example";
    static final String CLAIMS = claims("");

    /** What its address answers; null: nothing. */
    final AtomicReference<Optional<byte[]>> document;

    /** How often it was asked. */
    final AtomicInteger asked = new AtomicInteger();

    /** The monotonic clock. */
    final AtomicLong nanos = new AtomicLong();

    private final TrustedIssuers issuers;

    IssuerRig(String... jwks) {
        this(config(), jwks);
    }

    IssuerRig(IssuerConfig config, String... jwks) {
        document = new AtomicReference<>(Optional.of(SigningPair.keySet(jwks)));
        issuers = new TrustedIssuers(List.of(config), (_, _) -> read(), nanos::get);
    }

    static IssuerConfig config() {
        return config(List.of(), false, "");
    }

    static IssuerConfig config(List<String> algorithms, boolean adminTokens, String prefix) {
        return new IssuerConfig(
                ISSUER,
                "gemproxy",
                new IssuerConfig.InFile(Path.of("jwks.json")),
                algorithms,
                adminTokens,
                prefix);
    }

    /** Claims that hold, and others behind them. */
    static String claims(String more) {
        return "{\"sub\":\"alice\",\"exp\":"
                + VerifierRig.EXP
                + ",\"iss\":\""
                + ISSUER
                + "\",\"aud\":\"gemproxy\""
                + more
                + "}";
    }

    TrustedIssuers issuers() {
        return issuers;
    }

    /** A verifier that trusts it, and our own secret too. */
    VerifierRig verifier() {
        return new VerifierRig(
                SigningSecrets.configured(Optional.of(Secret.of(RawToken.SECRET))), issuers);
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private byte[] read() throws IOException {
        asked.incrementAndGet();
        return document.get().orElseThrow(() -> new IOException("nobody answers"));
    }
}
