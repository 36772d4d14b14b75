package io.gemproxy.server.exchange;

import java.util.Locale;

/** Why Google refuses the address we call from. */
public enum EgressFault {
    /** Its region is not served, or not without billing. */
    LOCATION_UNSUPPORTED,
    /** Google takes it for a robot's. */
    AUTOMATED_QUERIES;

    /** A stable word for logs, audit and the state of keys. */
    public String reason() {
        return name().toLowerCase(Locale.ROOT);
    }
}
