package io.gemproxy.server.exchange;

/** Whether a project pays, as far as the id of an exhausted quota tells. */
public enum QuotaTier {
    FREE,
    PAID,
    UNKNOWN
}
