package io.gemproxy.server.keys;

import java.time.Instant;
import java.util.List;

/**
 * What a pool has learnt that outlives its process, in wall time and plain words.
 *
 * @param refusals keys that Google refuses
 * @param keyRests keys that rest alone
 * @param projectRests projects that rest, or one model of them
 */
public record PoolMemory(
        List<Refusal> refusals, List<KeyRest> keyRests, List<ProjectRest> projectRests) {
    /** A key refused for good, since then. */
    public record Refusal(String id, String reason, Instant since) {}

    /** A key that rests until then. */
    public record KeyRest(String id, String reason, Instant until) {}

    /** A project that rests until then; {@code model} is empty if all of it does. */
    public record ProjectRest(String project, String model, String reason, Instant until) {}
}
