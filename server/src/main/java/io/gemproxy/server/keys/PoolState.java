package io.gemproxy.server.keys;

import java.util.List;
import java.util.Map;

/**
 * What the pool must still know after a restart, as plain values: names as text, times in
 * milliseconds since the epoch. Neither keys nor text of error bodies are in it.
 *
 * @param blocks what rests
 * @param disabled keys an operator took out of service
 * @param uses what was used today and which limits were learnt
 * @param health how well each key works
 */
public record PoolState(
        List<HeldBlock> blocks,
        List<DisabledKey> disabled,
        List<ModelUse> uses,
        List<KeyHealth> health) {
    /** Stands for a block that does not end by itself. */
    public static final long FOREVER = Long.MAX_VALUE;

    /**
     * @param blocks none if null, as where an older file lacks them; the others likewise
     */
    @SuppressWarnings("ConstantValue")
    public PoolState {
        blocks = blocks == null ? List.of() : List.copyOf(blocks);
        disabled = disabled == null ? List.of() : List.copyOf(disabled);
        uses = uses == null ? List.of() : List.copyOf(uses);
        health = health == null ? List.of() : List.copyOf(health);
    }

    /**
     * A block in force.
     *
     * @param scope {@code key}, {@code project}, {@code project_model}, {@code model}, {@code
     *     billing_account} or {@code egress}
     * @param name of key, project or account; empty for a model and the egress
     * @param model empty where the scope has none
     * @param reason a stable word
     * @param sinceMillis when it began
     * @param untilMillis when it ends, {@link #FOREVER} if not by itself
     * @param probeEarly whether one request may ask before the end if it is over
     * @param probed whether one did
     */
    public record HeldBlock(
            String scope,
            String name,
            String model,
            String reason,
            long sinceMillis,
            long untilMillis,
            boolean probeEarly,
            boolean probed) {}

    /** A key out of service. */
    public record DisabledKey(String id, long sinceMillis, String reason) {}

    /**
     * What a project used of a model.
     *
     * @param model empty for requests that name none
     * @param day in Los Angeles, as 2026-11-20
     * @param requests sent that day
     * @param tokens input tokens of that day
     * @param learnt limits that errors named, by the name of their dimension
     */
    public record ModelUse(
            String project,
            String model,
            String day,
            long requests,
            long tokens,
            Map<String, LearntLimit> learnt) {}

    /**
     * A limit that an error named.
     *
     * @param untilMillis until when it is believed without question
     * @param trustMillis how long it is believed when it is named again; 0 in an older file
     */
    public record LearntLimit(long value, long untilMillis, long trustMillis) {}

    /**
     * How well a key works.
     *
     * @param fingerprint of the key's value: what was learnt of another value is forgotten
     * @param score 0.0 to 1.0
     * @param breakerUntilMillis when an open breaker lets a request through, 0 if it is closed
     */
    public record KeyHealth(String id, String fingerprint, double score, long breakerUntilMillis) {}
}
