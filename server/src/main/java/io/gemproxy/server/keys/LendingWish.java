package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.ModelName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a key is wanted for.
 *
 * @param model quotas are counted per project and model
 * @param project only keys of this project may serve (the request names a resource that lives
 *     there)
 * @param key only this key may serve (a running upload)
 * @param tried keys this request has already tried
 * @param refusedBy projects that refused this request as a whole
 * @param inputTokens an estimate of what it will count against the tokens of a minute, 0 if unknown
 * @param preferences projects that should serve if they can, the best first
 */
public record LendingWish(
        Optional<ModelName> model,
        Optional<ProjectId> project,
        Optional<KeyId> key,
        Set<KeyId> tried,
        Set<ProjectId> refusedBy,
        long inputTokens,
        List<Preference> preferences) {
    /** Any key of the project, or of the pool if none is named, for a first attempt. */
    public static LendingWish of(Optional<ModelName> model, Optional<ProjectId> project) {
        return new LendingWish(model, project, Optional.empty(), Set.of(), Set.of(), 0, List.of());
    }

    /** This key and no other. */
    public static LendingWish only(KeyId key) {
        return new LendingWish(
                Optional.empty(),
                Optional.empty(),
                Optional.of(key),
                Set.of(),
                Set.of(),
                0,
                List.of());
    }

    /** The same wish after these keys were tried and these projects refused. */
    public LendingWish without(Set<KeyId> triedKeys, Set<ProjectId> refusing) {
        return new LendingWish(model, project, key, triedKeys, refusing, inputTokens, preferences);
    }

    /** The same wish with an estimate of its input tokens. */
    public LendingWish withInputTokens(long estimate) {
        return new LendingWish(model, project, key, tried, refusedBy, estimate, preferences);
    }

    /** The same wish, which these projects should serve if they can, the first one best. */
    public LendingWish preferring(List<Preference> projects) {
        return projects.isEmpty()
                ? this
                : new LendingWish(model, project, key, tried, refusedBy, inputTokens, projects);
    }

    /** The same wish, with these after the projects it prefers already. */
    public LendingWish alsoPreferring(List<Preference> projects) {
        return preferences.isEmpty() || projects.isEmpty()
                ? preferring(projects)
                : preferring(Stream.concat(preferences.stream(), projects.stream()).toList());
    }

    boolean admits(UpstreamKey candidate) {
        return (project.isEmpty() || project.get().equals(candidate.project().id()))
                && (key.isEmpty() || key.get().equals(candidate.id()));
    }

    boolean wasTried(UpstreamKey candidate) {
        return (!tried.isEmpty() && tried.contains(candidate.id()))
                || (!refusedBy.isEmpty() && refusedBy.contains(candidate.project().id()));
    }
}
