package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.gemini.CreatedResource;
import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.ResourceReferences;
import io.gemproxy.server.keys.AffinityDirectory;
import java.io.ByteArrayOutputStream;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps requests with the project their resources live in: learns names from answers, finds them in
 * requests.
 */
final class ResourceHomes {
    private static final int LEARN_FROM = 64 * 1024;

    /** Answers of these name resources of the key's project. */
    private static final Set<Operation> STATEFUL =
            EnumSet.of(
                    Operation.UPLOAD_START,
                    Operation.UPLOAD_CHUNK,
                    Operation.FILES,
                    Operation.CACHED_CONTENTS,
                    Operation.BATCH_CREATE,
                    Operation.BATCHES,
                    Operation.PREDICT,
                    Operation.OPERATIONS,
                    Operation.TUNED_MODELS,
                    Operation.FILE_SEARCH_STORES,
                    Operation.INTERACTIONS,
                    Operation.AUTH_TOKENS);

    private final AffinityDirectory directory;

    ResourceHomes(AffinityDirectory directory) {
        this.directory = directory;
    }

    /**
     * Whether answers to this operation are read, and must therefore come without content coding.
     */
    static boolean readsAnswerOf(Operation operation) {
        return STATEFUL.contains(operation);
    }

    /**
     * The project a request belongs to, by its path and the names in its body.
     *
     * @throws Refused if it names resources of two projects, which no key can serve
     */
    Optional<ProjectId> homeOf(GeminiTarget target, byte[] bodyPrefix) {
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        Map<ProjectId, String> homes = new LinkedHashMap<>();
        target.resource().ifPresent(name -> note(name, homes));
        if (bodyPrefix.length > 0) {
            ResourceReferences.find(bodyPrefix, 0, bodyPrefix.length)
                    .forEach(name -> note(name, homes));
        }
        if (homes.size() > 1) {
            throw new Refused(twoProjects(homes));
        }
        return homes.keySet().stream().findFirst();
    }

    /** Reads the name in an answer as it passes, before its last byte leaves. */
    Relay.Observer learning(Operation operation, ProjectId project) {
        ByteArrayOutputStream seen = new ByteArrayOutputStream(1024);
        return (bytes, offset, count) -> {
            int room = LEARN_FROM - seen.size();
            if (room > 0) {
                seen.write(bytes, offset, Math.min(room, count));
                CreatedResource.find(seen.toByteArray(), operation)
                        .ifPresent(name -> directory.remember(name, project));
            }
        };
    }

    private void note(String name, Map<ProjectId, String> homes) {
        directory.home(name).ifPresent(project -> homes.putIfAbsent(project, name));
    }

    private static Rejection twoProjects(Map<ProjectId, String> homes) {
        return new Rejection.Invalid(
                "RESOURCES_OF_TWO_PROJECTS",
                "The request names resources that live in different Google projects and cannot be used together: "
                        + String.join(", ", homes.values())
                        + ". Upload or create them again in one session.");
    }
}
