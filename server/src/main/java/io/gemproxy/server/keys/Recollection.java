package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.gemini.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Turns rests on the monotonic clock into moments and back. A moment is a full second, the next
 * one, so that equal rests look equal and none ends early.
 */
final class Recollection {
    private final Instant wall;
    private final long now;

    Recollection(Instant wall, long now) {
        this.wall = wall;
        this.now = now;
    }

    PoolMemory of(Collection<UpstreamKey> keys) {
        List<PoolMemory.Refusal> refusals = new ArrayList<>();
        List<PoolMemory.KeyRest> rests = new ArrayList<>();
        for (UpstreamKey key : keys) {
            String id = key.id().value();
            key.refusal()
                    .ifPresent(why -> refusals.add(new PoolMemory.Refusal(id, why, key.since())));
            key.resting(now)
                    .ifPresent(rest ->
                            rests.add(new PoolMemory.KeyRest(id, rest.reason(), until(rest))));
        }
        List<PoolMemory.ProjectRest> projectRests =
                keys.stream()
                        .map(UpstreamKey::project)
                        .distinct()
                        .flatMap(project -> of(project).stream())
                        .toList();
        return new PoolMemory(refusals, rests, projectRests);
    }

    private List<PoolMemory.ProjectRest> of(Project project) {
        List<PoolMemory.ProjectRest> rests = new ArrayList<>();
        project.rests(now)
                .forEach((model, rest) ->
                        rests.add(
                                new PoolMemory.ProjectRest(
                                        project.id().value(), model, rest.reason(), until(rest))));
        return rests;
    }

    void into(Collection<UpstreamKey> keys, PoolMemory memory) {
        for (UpstreamKey key : keys) {
            memory.refusals().stream()
                    .filter(it -> new KeyId(it.id()).equals(key.id()))
                    .forEach(it -> key.refused(it.reason(), it.since()));
            memory.keyRests().stream()
                    .filter(it -> new KeyId(it.id()).equals(key.id()) && lasts(it.until()))
                    .forEach(it -> key.rest(rest(it.reason(), it.until())));
            memory.projectRests().stream()
                    .filter(it -> it.project().equals(key.project().id().value()))
                    .filter(it -> lasts(it.until()))
                    .forEach(it -> into(key.project(), it));
        }
    }

    private void into(Project project, PoolMemory.ProjectRest rest) {
        Optional<ModelName> model =
                Optional.of(rest.model()).filter(it -> !it.isEmpty()).map(ModelName::new);
        project.rest(model, rest(rest.reason(), rest.until()), now);
    }

    private boolean lasts(Instant until) {
        return until.isAfter(wall);
    }

    private Instant until(Cooldown rest) {
        return wall.plusNanos(rest.untilNanos() - now)
                .plusNanos(Duration.ofSeconds(1).toNanos() - 1)
                .truncatedTo(ChronoUnit.SECONDS);
    }

    private Cooldown rest(String reason, Instant until) {
        return new Cooldown(now + Duration.between(wall, until).toNanos(), reason);
    }
}
