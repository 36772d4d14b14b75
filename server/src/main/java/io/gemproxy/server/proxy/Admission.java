package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.gemini.Operation;
import java.util.function.BooleanSupplier;

/** Step 2a: refuses what cannot be served at all, before any credential is looked at. */
final class Admission {
    private final BooleanSupplier auditing;

    /**
     * @param auditing false while the audit log cannot be written and its policy is to block
     */
    Admission(BooleanSupplier auditing) {
        this.auditing = auditing;
    }

    void admit(Exchange exchange) {
        if (exchange.target().operation() == Operation.LIVE) {
            throw new Refused(
                    new Rejection.Unsupported(
                            "The Live API (WebSocket) is not served by this version of gemproxy."));
        }
        if (!auditing.getAsBoolean()) {
            throw new Refused(
                    new Rejection.Unavailable(
                            "AUDIT_UNAVAILABLE",
                            "The audit log cannot be written and audit.on_failure is block. Please retry later."));
        }
    }
}
