package io.gemproxy.simulator.quota;

/** What a project may do with a model; 0 is no limit. */
public record Quota(long requestsPerMinute, long requestsPerDay, long tokensPerMinute) {

    /** So many requests a minute, nothing else limited. */
    public static Quota perMinute(long requests) {
        return new Quota(requests, 0, 0);
    }

    /** So many requests a day, nothing else limited. */
    public static Quota perDay(long requests) {
        return new Quota(0, requests, 0);
    }
}
