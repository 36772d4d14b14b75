package io.gemproxy.server.authentication;

/** A public key that must not be used, and why in a few words of ours. */
final class UnfitKeyException extends Exception {
    private static final long serialVersionUID = 1;

    UnfitKeyException(String why) {
        super(why);
    }
}
