package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;

/** What Google says of keys it does not take. */
public final class CredentialErrors {
    private CredentialErrors() {}

    public static ApiException invalidKey() {
        return invalidKey("API key not valid. Please pass a valid API key.");
    }

    static ApiException invalidKey(String text) {
        ApiException made = Errors.of(400, text);
        ArrayNode details = Errors.details(made);
        details.add(Errors.reason("API_KEY_INVALID", "googleapis.com"));
        details.addObject()
                .put("@type", Errors.TYPE + "LocalizedMessage")
                .put("locale", "en-US")
                .put("message", text);
        return made;
    }

    public static ApiException severalCredentials() {
        return Errors.of(
                400, "Multiple authentication credentials received. Please pass only one.");
    }

    public static ApiException noCredential() {
        return Errors.of(
                403,
                "Method doesn't allow unregistered callers (callers without established identity)."
                        + " Please use API Key or other form of API consumer identity to call this"
                        + " API.");
    }

    public static ApiException tokenNotSupported() {
        ApiException made =
                Errors.of(
                        401,
                        "Request had invalid authentication credentials. Expected OAuth 2 access"
                                + " token, login cookie or other valid authentication credential. See"
                                + " https://developers.google.com/identity/sign-in/web/devconsole-project.");
        Errors.details(made).add(Errors.reason("ACCESS_TOKEN_TYPE_UNSUPPORTED", "googleapis.com"));
        return made;
    }
}
