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

    /** Of thought signatures, which are many and only wished for: about 25 MiB when full. */
    public static final AffinityLimits SIGNATURES = new AffinityLimits(20_000, 100_000);

    /** Of files that may be the input of a batch: about 12 MiB when full. */
    public static final AffinityLimits INPUTS = new AffinityLimits(10_000, 50_000);
}
