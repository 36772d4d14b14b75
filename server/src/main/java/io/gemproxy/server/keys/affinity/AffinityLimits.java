package io.gemproxy.server.keys.affinity;

/**
 * How much the directory holds; beyond it the longest unused entries go.
 *
 * @param perOwner entries of one owner
 * @param total entries of all
 */
public record AffinityLimits(int perOwner, int total) {
    /** About 100 MiB of heap when full. */
    public static final AffinityLimits USUAL = new AffinityLimits(50_000, 400_000);
}
