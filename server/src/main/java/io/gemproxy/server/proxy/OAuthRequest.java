package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A request for a token (RFC 6749 section 4.4.2).
 *
 * @param client {@code client_id}
 * @param secret {@code client_secret}
 * @param scope {@code scope}
 */
record OAuthRequest(ClientId client, Secret secret, Optional<String> scope) {
    private static final int LONGEST = 256;

    /**
     * Reads it: the client's secret in the header (client_secret_basic) or in the form
     * (client_secret_post), never in both.
     *
     * @param authorization all values of that header
     * @throws OAuthRefused if it is no such request
     */
    static OAuthRequest of(FormBody form, List<String> authorization) {
        String grant =
                form.field("grant_type")
                        .orElseThrow(() -> OAuthRefused.invalid("grant_type is missing."));
        if (!grant.equals("client_credentials")) {
            throw OAuthRefused.unsupportedGrant();
        }
        if (authorization.isEmpty()) {
            return new OAuthRequest(
                    client(form.field("client_id").orElseThrow(OAuthRefused::noClient)),
                    Secret.of(form.field("client_secret").orElseThrow(OAuthRefused::noClient)),
                    form.field("scope"));
        }
        if (authorization.size() > 1 || form.field("client_secret").isPresent()) {
            throw OAuthRefused.invalid("The client's secret is given twice.");
        }
        return basic(form, authorization.getFirst());
    }

    private static OAuthRequest basic(FormBody form, String header) {
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            throw OAuthRefused.noClient();
        }
        String pair = decoded(header.substring(6).strip());
        int colon = pair.indexOf(':');
        if (colon < 0) {
            throw OAuthRefused.noClient();
        }
        ClientId client = client(formDecoded(pair.substring(0, colon)));
        Secret secret = Secret.of(formDecoded(pair.substring(colon + 1)));
        if (form.field("client_id").filter(id -> !id.equals(client.value())).isPresent()) {
            throw OAuthRefused.invalid("Two different clients are named.");
        }
        return new OAuthRequest(client, secret, form.field("scope"));
    }

    private static ClientId client(String name) {
        if (name.isBlank() || name.length() > LONGEST) {
            throw OAuthRefused.noClient();
        }
        return new ClientId(name);
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException notBase64) {
            throw OAuthRefused.noClient();
        }
    }

    /** Both halves are form-encoded before they are put together (RFC 6749 section 2.3.1). */
    private static String formDecoded(String half) {
        return FormBody.decoded(half).orElseThrow(OAuthRefused::noClient);
    }
}
