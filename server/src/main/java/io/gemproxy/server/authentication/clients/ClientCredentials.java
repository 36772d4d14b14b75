package io.gemproxy.server.authentication.clients;

import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.authentication.TokenIssuer;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Entitlement;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.exchange.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** The client-credentials grant (RFC 6749 section 4.4): a secret for a token of short life. */
public final class ClientCredentials {
    private static final String TOKEN_ID = "gemproxy-oauth.";

    private final DeclaredClients declared;
    private final Predicate<String> revokedCredential;
    private final TokenIssuer issuer;
    private final Duration lifetime;
    private final FailureGate failures;

    /**
     * @param revokedCredential whether the secret of that digest was taken back
     * @param lifetime of the tokens
     */
    public ClientCredentials(
            DeclaredClients declared,
            Predicate<String> revokedCredential,
            TokenIssuer issuer,
            Duration lifetime,
            LongSupplier nanoTime) {
        this.declared = declared;
        this.revokedCredential = revokedCredential;
        this.issuer = issuer;
        this.lifetime = lifetime;
        this.failures = new FailureGate(nanoTime);
    }

    /** Whether a {@code jti} is of a token that was issued here, for a declared client. */
    static boolean isTokenId(String text) {
        return text.startsWith(TOKEN_ID);
    }

    /** What came of a request for a token. */
    public sealed interface Outcome {
        /**
         * Here it is.
         *
         * @param client who asked
         * @param issued the token
         * @param tokenId its {@code jti}
         * @param scope what it is narrowed to, if that was asked for
         */
        record Granted(
                ClientId client,
                Secret issued,
                String tokenId,
                Duration lifetime,
                Optional<String> scope)
                implements Outcome {
            /** The token as its owner is told it. */
            public String told() {
                return issued.open();
            }
        }

        /**
         * Not this client, or not this secret.
         *
         * @param reason a code for the audit log; the client is never told which
         */
        record Unknown(String reason) implements Outcome {}

        /** The client, which is known, asked for more than it may have. */
        record TooMuch(ClientId client, String why) implements Outcome {}

        /** Too many tries in vain from this address. */
        record NotNow(Duration retryAfter) implements Outcome {}
    }

    /**
     * Judges a request for a token.
     *
     * @param client {@code client_id}
     * @param secret {@code client_secret}
     * @param scope as asked for, if it was
     * @param address where the request comes from
     */
    public Outcome grant(ClientId client, Secret secret, Optional<String> scope, String address) {
        Optional<Duration> wait = failures.begin(address);
        if (wait.isPresent()) {
            return new Outcome.NotNow(wait.get());
        }
        Optional<ClientKey> key = ClientKey.of(ClientKey.Kind.OAUTH_SECRET, secret);
        if (key.isEmpty()) {
            return new Outcome.Unknown("OAUTH_SECRET_MALFORMED");
        }
        if (revokedCredential.test(key.get().digest())) {
            return new Outcome.Unknown("OAUTH_SECRET_REVOKED");
        }
        Optional<Client> known = declared.bySecret(client, key.get());
        if (known.isEmpty()) {
            return new Outcome.Unknown("OAUTH_CLIENT_UNKNOWN");
        }
        failures.succeeded(address);
        Outcome outcome = issue(known.get(), scope);
        // a revocation falls upon what was issued before it, so one that came meanwhile must be
        // seen
        return revokedCredential.test(key.get().digest())
                ? new Outcome.Unknown("OAUTH_SECRET_REVOKED")
                : outcome;
    }

    private Outcome issue(Client client, Optional<String> asked) {
        Entitlement declaredFor = client.entitlement();
        try {
            Scope scope = asked.map(text -> Scope.within(text, declaredFor)).orElse(Scope.ALL);
            TokenGrant grant =
                    TokenGrant.of(client.id().value(), lifetime, Role.CLIENT)
                            .forModels(scope.models())
                            .forOperations(scope.operations());
            String tokenId = TOKEN_ID + issuer.freshTokenId();
            String issued = issuer.issue(grant, tokenId);
            return new Outcome.Granted(
                    client.id(), Secret.of(issued), tokenId, lifetime, asked.map(String::strip));
        } catch (ScopeRefused refused) {
            return new Outcome.TooMuch(client.id(), refused.why());
        }
    }
}
