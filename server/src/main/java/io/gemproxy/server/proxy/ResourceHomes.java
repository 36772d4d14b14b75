package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.ResourceCollections;
import io.gemproxy.server.gemini.ResourceReferences;
import io.gemproxy.server.keys.affinity.AffinityConfig.UnknownResources;
import io.gemproxy.server.keys.affinity.AffinityDirectory;
import io.gemproxy.server.keys.affinity.Belonging;
import io.gemproxy.server.keys.affinity.ClientHomes;
import io.gemproxy.server.keys.affinity.Owner;
import io.gemproxy.server.keys.affinity.Sighting;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a request may go, by the names in it and by what it makes. */
final class ResourceHomes {
    /** A name nobody knows is not looked for in more projects. */
    private static final int MOST_ASKED = 8;

    /** What these make belongs to a project. */
    private static final Set<Operation> STATEFUL =
            EnumSet.of(
                    Operation.UPLOAD_START,
                    Operation.FILES,
                    Operation.CACHED_CONTENTS,
                    Operation.BATCH_CREATE,
                    Operation.TUNED_MODELS,
                    Operation.FILE_SEARCH_STORES,
                    Operation.INTERACTIONS,
                    Operation.AUTH_TOKENS,
                    Operation.OPENAI_FILES,
                    Operation.OPENAI_BATCHES,
                    Operation.OTHER);

    /** The bodies of these are data, or name nothing. */
    private static final Set<Operation> NOT_SEARCHED =
            EnumSet.of(
                    Operation.UPLOAD_START,
                    Operation.UPLOAD_CHUNK,
                    Operation.OPENAI_FILES,
                    Operation.EMBED,
                    Operation.OPENAI_EMBEDDINGS);

    private final AffinityDirectory directory;
    private final ClientHomes homes;
    private final UnknownResources unknownResources;
    private final boolean tenants;
    private final InstantSource clock;
    private final ThoughtHomes thoughts;
    private final BatchInputs inputs;

    /**
     * @param thoughts where signatures come from
     * @param inputs what uploaded files name
     * @param tenants whether clients are told apart; without authentication all are one
     */
    ResourceHomes(
            AffinityDirectory directory,
            ClientHomes homes,
            ThoughtHomes thoughts,
            BatchInputs inputs,
            UnknownResources unknownResources,
            boolean tenants,
            InstantSource clock) {
        this.clock = clock;
        this.directory = directory;
        this.thoughts = thoughts;
        this.inputs = inputs;
        this.homes = homes;
        this.unknownResources = unknownResources;
        this.tenants = tenants;
    }

    /** A look into the request, which begins with its path and query. */
    RequestedResources requested(GeminiTarget target, QueryString query, Client client) {
        RequestedResources requested =
                new RequestedResources(
                        name -> sighting(name, client),
                        thoughts.mayKnow(target.operation())
                                ? Optional.of(new CarriedThoughts())
                                : Optional.empty(),
                        makesBatch(target)
                                ? (file, project) -> forbiddenIn(file, project, client)
                                : (_, _) -> Set.of());
        target.resource().ifPresent(requested::name);
        query.each((parameter, value) ->
                ResourceReferences.inQuery(parameter, value).ifPresent(requested::name));
        return requested;
    }

    private static boolean makesBatch(GeminiTarget target) {
        return target.operation() == Operation.BATCH_CREATE
                || target.operation() == Operation.OPENAI_BATCHES;
    }

    private Set<String> forbiddenIn(String file, ProjectId project, Client client) {
        return inputs.namesIn(file, project, client).stream()
                .filter(name -> isForbidden(sighting(name, client)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isForbidden(Sighting sighting) {
        return switch (sighting) {
            case Sighting.Known _ -> false;
            case Sighting.Foreign _ -> true;
            case Sighting.Unknown _ -> unknownResources == UnknownResources.REFUSE;
        };
    }

    /** What to do with the body of the request as it is read. */
    BodyInspection inspection(GeminiTarget target, RequestedResources requested) {
        boolean pointless = !tenants && homes.size() < 2;
        return pointless || NOT_SEARCHED.contains(target.operation())
                ? BodyInspection.NONE
                : requested;
    }

    /**
     * Where the request may go.
     *
     * @throws Refused if it names resources of two projects
     */
    Placement placement(Exchange exchange, Client client, RequestedResources requested) {
        requested.placed();
        Optional<Placement> nowhere = nowhere(client, requested);
        if (nowhere.isPresent()) {
            return nowhere.get();
        }
        if (isMixedList(exchange)) {
            return new Placement.Listed(listed(client), visibleTo(owner(client)));
        }
        Optional<ProjectId> home = requested.home();
        if (home.isPresent()) {
            return new Placement.Bound(home.get());
        }
        if (!requested.unknown().isEmpty()) {
            return new Placement.Search(searched(client), requested.unknown());
        }
        Optional<ProjectId> best =
                requested.thoughts().flatMap(carried -> thoughts.home(client, carried));
        if (makesSomething(exchange)) {
            return new Placement.NewIn(order(client, best));
        }
        return best.<Placement>map(Placement.Preferred::new).orElseGet(Placement.Anywhere::new);
    }

    private List<ProjectId> order(Client client, Optional<ProjectId> best) {
        List<ProjectId> order = homes.orderFor(owner(client));
        return best.filter(order::contains)
                .map(project ->
                        Stream.concat(Stream.of(project), order.stream()).distinct().toList())
                .orElse(order);
    }

    /** Where a request for somebody else's things seems to be looked for. */
    Optional<Placement> nowhere(Client client, RequestedResources requested) {
        Optional<String> name = requested.foreign();
        if (name.isEmpty() && unknownResources == UnknownResources.REFUSE && tenants) {
            name = requested.unknown().stream().findFirst();
        }
        return name.map(absent -> new Placement.Nowhere(searched(client), absent));
    }

    private boolean isMixedList(Exchange exchange) {
        return exchange.method().equals("GET")
                && ResourceCollections.isListed(exchange.target())
                && (tenants || homes.size() > 1);
    }

    /** The projects that hold something of the client's, or its home while none does. */
    private List<ProjectId> listed(Client client) {
        List<ProjectId> order = homes.orderFor(owner(client));
        if (!tenants) {
            return order;
        }
        Set<ProjectId> holding = directory.projectsOf(owner(client));
        List<ProjectId> wanted = order.stream().filter(holding::contains).toList();
        return wanted.isEmpty() ? order.subList(0, 1) : wanted;
    }

    /** A single tenant sees all, and may use what it has seen. */
    private BiPredicate<String, ProjectId> visibleTo(Owner owner) {
        if (tenants) {
            return (name, project) -> directory.owns(owner, name, project);
        }
        return (name, project) -> {
            Instant until = clock.instant().plus(ResourceCollections.lifetime(name));
            directory.seen(new Belonging(name, project, owner, until));
            return true;
        };
    }

    private Sighting sighting(String name, Client client) {
        if (!tenants) {
            return directory.find(name);
        }
        return ResourceCollections.isWildcard(name)
                ? new Sighting.Foreign()
                : directory.find(name, owner(client));
    }

    static Owner owner(Client client) {
        return Owner.of(client.id());
    }

    private List<ProjectId> searched(Client client) {
        return homes.orderFor(owner(client)).stream().limit(MOST_ASKED).toList();
    }

    private static boolean makesSomething(Exchange exchange) {
        boolean sends = exchange.method().equals("POST") || exchange.method().equals("PUT");
        Operation operation = exchange.target().operation();
        boolean video = exchange.target().path().endsWith(":predictLongRunning");
        return sends && (STATEFUL.contains(operation) || video);
    }
}
