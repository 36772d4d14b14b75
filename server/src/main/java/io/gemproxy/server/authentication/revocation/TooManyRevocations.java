package io.gemproxy.server.authentication.revocation;

/** The list of single tokens is full. */
public final class TooManyRevocations extends Exception {
    private static final long serialVersionUID = 1L;

    TooManyRevocations() {
        super(
                Revocations.MOST
                        + " revocations are kept already; revoke by subject or by issued_before");
    }
}
