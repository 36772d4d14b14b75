package io.gemproxy.server.proxy;

import io.gemproxy.server.authentication.AuthenticationResult;
import io.gemproxy.server.authentication.TokenVerifier;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.gemini.ModelName;
import java.util.Optional;

/** Step 3: who is calling, and whether it may call this. */
final class Doorkeeper {
    private final Optional<TokenVerifier> verifier;

    /**
     * @param verifier empty when authentication is switched off
     */
    Doorkeeper(Optional<TokenVerifier> verifier) {
        this.verifier = verifier;
    }

    /**
     * The client behind a credential, or behind the upload the request continues.
     *
     * @throws Refused when neither holds
     */
    Client admit(Credential credential, Optional<Uploads.Running> upload) {
        return switch (credential) {
            case Credential.Conflicting _ ->
                    throw new Refused(
                            new Rejection.Invalid(
                                    "CREDENTIALS_CONFLICT",
                                    "Two different credentials were presented. Send the gemproxy token in one place only."));
            case Credential.Absent _ -> withoutCredential(upload);
            case Credential.Presented presented -> owner(verified(presented), upload);
        };
    }

    /**
     * Whether a client's token allows a model.
     *
     * @throws Refused when it does not
     */
    static void permit(Client client, Optional<ModelName> model) {
        if (client.models().isEmpty()
                || model.isEmpty()
                || ModelGlobs.anyMatches(client.models(), model.get())) {
            return;
        }
        throw new Refused(
                new Rejection.Forbidden(
                        "MODEL_NOT_ALLOWED",
                        "This token does not allow the model "
                                + model.get().value()
                                + ". It allows: "
                                + String.join(", ", client.models())
                                + "."));
    }

    /**
     * Whether a client whose token names models may send a body that names one: only if it was seen
     * whole and names exactly one, since nobody knows what a later part of it would say.
     *
     * @throws Refused when it may not
     */
    static void permitBody(Client client, Optional<ModelName> model, RequestBody body) {
        if (!client.models().isEmpty() && (model.isEmpty() || !body.prefixIsAll())) {
            throw new Refused(
                    new Rejection.Forbidden(
                            "MODEL_NOT_ALLOWED",
                            "This token allows only the models "
                                    + String.join(", ", client.models())
                                    + ", and the request must name one of them in a body of at most"
                                    + " 8 MiB."));
        }
    }

    private Client withoutCredential(Optional<Uploads.Running> upload) {
        if (upload.isPresent()) {
            return upload.get().session().client();
        }
        if (verifier.isEmpty()) {
            return Client.ANONYMOUS;
        }
        throw new Refused(new Rejection.Unauthenticated("credential_absent"));
    }

    private Client verified(Credential.Presented presented) {
        if (verifier.isEmpty()) {
            return Client.ANONYMOUS;
        }
        return switch (verifier.get().verify(presented.token())) {
            case AuthenticationResult.Authenticated authenticated ->
                    clientOnly(authenticated.client());
            case AuthenticationResult.Refused refused ->
                    throw new Refused(new Rejection.Unauthenticated(refused.reason()));
        };
    }

    /** Admin tokens open the admin port only. */
    private static Client clientOnly(Client client) {
        if (client.role() != Role.CLIENT) {
            throw new Refused(new Rejection.Unauthenticated("role_not_client"));
        }
        return client;
    }

    private static Client owner(Client client, Optional<Uploads.Running> upload) {
        if (upload.isPresent() && !upload.get().session().client().id().equals(client.id())) {
            throw new Refused(Uploads.unknown());
        }
        return client;
    }
}
