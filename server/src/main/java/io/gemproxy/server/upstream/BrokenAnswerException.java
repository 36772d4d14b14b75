package io.gemproxy.server.upstream;

import java.io.IOException;

/** An answer whose head had arrived broke off; the message holds the host and the kind only. */
public final class BrokenAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    private final UpstreamException.Fault fault;

    BrokenAnswerException(UpstreamException.Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    /** What went wrong; never {@code CONNECT}. */
    public UpstreamException.Fault fault() {
        return fault;
    }
}
