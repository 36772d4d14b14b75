package io.gemproxy.server.authentication.revocation;

/** The list of single tokens is full, or that of clients. */
public final class TooManyRevocations extends Exception {
    private static final long serialVersionUID = 1L;

    TooManyRevocations(long kept) {
        super(
                kept
                        + " revocations of this kind are kept already; revoke by subject, or"
                        + " everybody's by issued_before");
    }
}
