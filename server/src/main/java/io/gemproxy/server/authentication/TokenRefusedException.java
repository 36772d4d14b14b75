package io.gemproxy.server.authentication;

/**
 * Ends the checking of a token at the first fault; without stack trace, for it is an everyday
 * answer.
 */
final class TokenRefusedException extends Exception {
    private final Refusal refusal;

    TokenRefusedException(Refusal refusal) {
        super(refusal.name(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
