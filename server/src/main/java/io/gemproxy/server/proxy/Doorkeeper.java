package io.gemproxy.server.proxy;

import io.gemproxy.server.authentication.AuthenticationResult;
import io.gemproxy.server.authentication.clients.ClientAuthentication;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.Entitlement;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.OperationGroup;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Step 3: who is calling, and whether it may call this. */
final class Doorkeeper {
    private final Optional<ClientAuthentication> authentication;

    /**
     * @param authentication empty when it is switched off
     */
    Doorkeeper(Optional<ClientAuthentication> authentication) {
        this.authentication = authentication;
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
        Optional<Entitlement> bound = Optional.of(client.entitlement());
        while (model.isPresent() && bound.isPresent()) {
            permit(bound.get().models(), model.get());
            bound = bound.get().within();
        }
    }

    private static void permit(List<String> globs, ModelName model) {
        if (!globs.isEmpty() && !ModelGlobs.anyMatches(globs, model)) {
            throw new Refused(
                    new Rejection.Forbidden(
                            "MODEL_NOT_ALLOWED",
                            "This client may not call the model "
                                    + model.value()
                                    + ". It may call: "
                                    + String.join(", ", globs)
                                    + "."));
        }
    }

    /**
     * Whether a client may ask for an operation.
     *
     * @throws Refused when it may not
     */
    static void permit(Client client, Operation operation) {
        Optional<OperationGroup> group = OperationGroup.of(operation);
        if (group.isPresent() && !client.entitlement().allows(group.get())) {
            throw new Refused(
                    new Rejection.Forbidden(
                            "OPERATION_NOT_ALLOWED",
                            "This client may not ask for "
                                    + group.get().word()
                                    + " operations. It may ask for: "
                                    + allowed(client.entitlement())
                                    + "."));
        }
    }

    /**
     * Whether a client may begin a batch: the models of an OpenAI-compatible one stand in the lines
     * of its file, where no limit on models can follow them.
     *
     * @throws Refused when it may not
     */
    static void permitBatch(Client client, Exchange exchange) {
        if (client.entitlement().limitsModels()
                && exchange.target().operation() == Operation.OPENAI_BATCHES
                && exchange.method().equals("POST")
                && exchange.target().path().endsWith("/batches")) {
            throw new Refused(
                    new Rejection.Forbidden(
                            "MODEL_NOT_ALLOWED",
                            "This client may call some models only, and a batch of this kind names"
                                    + " its models in a file. Use models/NAME:batchGenerateContent."));
        }
    }

    private static String allowed(Entitlement entitlement) {
        String words =
                Arrays.stream(OperationGroup.values())
                        .filter(entitlement::allows)
                        .map(OperationGroup::word)
                        .collect(Collectors.joining(", "));
        return words.isEmpty() ? "none" : words;
    }

    /**
     * Whether a client that may call some models only may send a body that names one: only if it
     * was seen whole and names exactly one, since nobody knows what a later part of it would say.
     *
     * @throws Refused when it may not
     */
    static void permitBody(Client client, Optional<ModelName> model, RequestBody body) {
        if (client.entitlement().limitsModels() && (model.isEmpty() || !body.prefixIsAll())) {
            throw new Refused(
                    new Rejection.Forbidden(
                            "MODEL_NOT_ALLOWED",
                            "This client may call some models only, and the request must name one of"
                                    + " them in a body of at most 8 MiB."));
        }
    }

    private Client withoutCredential(Optional<Uploads.Running> upload) {
        if (upload.isPresent()) {
            return starter(upload.get());
        }
        if (authentication.isEmpty()) {
            return Client.ANONYMOUS;
        }
        throw new Refused(new Rejection.Unauthenticated("credential_absent"));
    }

    /** The address of an upload stands for whoever started it, until that client is revoked. */
    private Client starter(Uploads.Running upload) {
        Client client = upload.session().client();
        if (authentication
                .filter(it -> it.isRevokedSince(client, upload.startedAt()))
                .isPresent()) {
            throw new Refused(new Rejection.Unauthenticated("TOKEN_REVOKED"));
        }
        return client;
    }

    private Client verified(Credential.Presented presented) {
        if (authentication.isEmpty()) {
            return Client.ANONYMOUS;
        }
        return switch (authentication.get().authenticate(presented.token())) {
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
