package io.gemproxy.server.authentication.signing;

/** The ring of signing secrets is full. */
public final class TooManySecrets extends Exception {
    private static final long serialVersionUID = 1L;

    TooManySecrets(int kept) {
        super(
                kept
                        + " signing secrets sign or verify already; wait for the tokens of old ones"
                        + " to end, or retire them with force");
    }
}
