package io.gemproxy.server.exchange;

/** The window of an exhausted quota, as the quota id of a QuotaFailure names it. */
public enum QuotaPeriod {
    MINUTE,
    DAY,
    /** The model has no quota at all on this tier ({@code limit: 0}). */
    NONE,
    UNKNOWN
}
