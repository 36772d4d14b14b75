package io.gemproxy.server.exchange;

import java.util.Locale;

/** Why Google refuses a whole project. */
public enum ProjectFault {
    /** The API is not switched on in it. */
    SERVICE_DISABLED,
    BILLING_DISABLED,
    CONSUMER_SUSPENDED,
    /** Banned. */
    PROJECT_DENIED,
    /** The billing account's prepaid credit is gone. */
    PREPAID_CREDITS_DEPLETED,
    /** The monthly cap that its owner set is reached. */
    MONTHLY_CAP;

    /** A stable word for logs, audit and the state of keys. */
    public String reason() {
        return name().toLowerCase(Locale.ROOT);
    }
}
