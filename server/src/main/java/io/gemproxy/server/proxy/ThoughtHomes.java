package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.ThoughtSignatures;
import io.gemproxy.server.keys.affinity.AffinityDirectory;
import io.gemproxy.server.keys.affinity.Belonging;
import io.gemproxy.server.keys.affinity.Owner;
import io.gemproxy.server.keys.affinity.Sighting;
import io.gemproxy.server.usage.UsageTap;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Which project gave a client its thought signatures. Whether another project takes them is not
 * known, so their own is preferred and nothing more: it may rest or be full.
 */
final class ThoughtHomes {
    /** A conversation may rest over a weekend. */
    private static final Duration KEPT = Duration.ofDays(3);

    private static final Set<Operation> THINKING =
            EnumSet.of(
                    Operation.GENERATE,
                    Operation.STREAM_GENERATE,
                    Operation.OPENAI_CHAT,
                    Operation.INTERACTIONS);

    private static final UsageTap.Plain NOTHING = (bytes, offset, count) -> {};

    private final AffinityDirectory signatures;
    private final BooleanSupplier choice;
    private final InstantSource clock;

    /**
     * @param signatures by their digests
     * @param choice whether there is more than one project now
     * @param clock wall clock
     */
    ThoughtHomes(AffinityDirectory signatures, BooleanSupplier choice, InstantSource clock) {
        this.signatures = signatures;
        this.choice = choice;
        this.clock = clock;
    }

    /** Whether a request of that kind may carry a signature that this proxy has seen given. */
    boolean mayKnow(Operation operation) {
        return THINKING.contains(operation) && !signatures.isEmpty() && choice.getAsBoolean();
    }

    /** The project that gave the newest of the known ones, if any is this client's. */
    Optional<ProjectId> home(Client client, CarriedThoughts carried) {
        Owner owner = ResourceHomes.owner(client);
        for (String digest : carried.newestFirst()) {
            if (signatures.find(digest, owner) instanceof Sighting.Known(ProjectId project)) {
                return Optional.of(project);
            }
        }
        return Optional.empty();
    }

    /** Reads the signatures of an answer that began well. */
    UsageTap.Plain learning(Exchange exchange, Client client, ProjectId project) {
        if (!choice.getAsBoolean() || !THINKING.contains(exchange.target().operation())) {
            return NOTHING;
        }
        Owner owner = ResourceHomes.owner(client);
        ThoughtSignatures found =
                new ThoughtSignatures(digest ->
                        signatures.made(
                                new Belonging(digest, project, owner, clock.instant().plus(KEPT))));
        return found::accept;
    }
}
