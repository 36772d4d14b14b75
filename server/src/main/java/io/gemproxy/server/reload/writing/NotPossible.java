package io.gemproxy.server.reload.writing;

import java.io.Serial;

/** A change that cannot be made. */
public final class NotPossible extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final WriteOutcome.Why why;
    private final String detail;

    /**
     * @param detail for whoever asked; never holds a secret
     */
    public NotPossible(WriteOutcome.Why why, String detail) {
        super(detail);
        this.why = why;
        this.detail = detail;
    }

    public WriteOutcome.Why why() {
        return why;
    }

    public String detail() {
        return detail;
    }
}
