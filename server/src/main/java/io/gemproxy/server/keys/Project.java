package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.ModelName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A Google project: its keys share one quota per model, so they rest together. Guarded by the
 * pool's lock.
 */
final class Project {
    private static final int MAX_MODELS = 500;

    private final ProjectId id;
    private final Map<ModelName, Cooldown> models = new HashMap<>();
    private @Nullable Cooldown whole;

    Project(ProjectId id) {
        this.id = id;
    }

    ProjectId id() {
        return id;
    }

    void rest(Cooldown cooldown) {
        whole = longer(whole, cooldown);
    }

    void rest(Optional<ModelName> model, Cooldown cooldown, long now) {
        models.values().removeIf(old -> old.untilNanos() - now <= 0);
        if (model.isEmpty() || models.size() >= MAX_MODELS) {
            rest(cooldown);
            return;
        }
        models.merge(model.get(), cooldown, Project::longer);
    }

    /**
     * The rest in force for a model at {@code now}, the longer one if both project and model rest.
     */
    Optional<Cooldown> resting(Optional<ModelName> model, long now) {
        if (whole == null && models.isEmpty()) {
            return Optional.empty();
        }
        Cooldown ofModel = model.map(models::get).orElse(null);
        return Optional.ofNullable(longer(whole, ofModel))
                .filter(rest -> rest.untilNanos() - now > 0);
    }

    /** The longest rest of the project or any of its models. */
    Optional<Cooldown> longest(long now) {
        Cooldown longest = whole;
        for (Cooldown cooldown : models.values()) {
            longest = longer(longest, cooldown);
        }
        return Optional.ofNullable(longest).filter(rest -> rest.untilNanos() - now > 0);
    }

    /** Each rest in force by model, that of the whole project under an empty name. */
    Map<String, Cooldown> rests(long now) {
        Map<String, Cooldown> rests = new TreeMap<>();
        models.forEach((model, rest) -> rests.put(model.value(), rest));
        if (whole != null) {
            rests.put("", whole);
        }
        rests.values().removeIf(rest -> rest.untilNanos() - now <= 0);
        return rests;
    }

    private static @Nullable Cooldown longer(@Nullable Cooldown a, @Nullable Cooldown b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.untilNanos() - b.untilNanos() >= 0 ? a : b;
    }
}
