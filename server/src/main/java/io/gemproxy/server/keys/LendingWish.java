package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.ModelName;
import java.util.Optional;
import java.util.Set;

/**
 * What a key is wanted for.
 *
 * @param model quotas are counted per project and model
 * @param project only keys of this project may serve (the request names a resource that lives
 *     there)
 * @param key only this key may serve (a running upload)
 * @param tried keys this request has already tried
 */
public record LendingWish(
        Optional<ModelName> model,
        Optional<ProjectId> project,
        Optional<KeyId> key,
        Set<KeyId> tried) {

    /** Any key, for a first attempt. */
    public static LendingWish any(Optional<ModelName> model) {
        return new LendingWish(model, Optional.empty(), Optional.empty(), Set.of());
    }

    boolean admits(UpstreamKey candidate) {
        return project.map(candidate.project().id()::equals).orElse(true)
                && key.map(candidate.id()::equals).orElse(true);
    }
}
