package io.gemproxy.server.proxy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.ResourceCollections;
import io.gemproxy.server.keys.affinity.AffinityDirectory;
import io.gemproxy.server.keys.affinity.Belonging;
import io.gemproxy.server.keys.affinity.Owner;
import io.gemproxy.server.keys.affinity.Sighting;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What uploaded files name, since Google resolves names inside a batch's input file in the same
 * project, whoever they belong to. Safe for use by many threads.
 */
final class BatchInputs {
    private static final int MOST = 10_000;
    private static final Duration KEPT = Duration.ofHours(50);

    private final AffinityDirectory clean;
    private final AffinityDirectory directory;
    private final boolean tenants;
    private final InstantSource clock;
    private final Cache<String, InputLines> running;
    private final Cache<InputFile, InputLines> doubtful;

    /**
     * @param clean files that name nothing but what is their owner's
     * @param directory where resources live
     * @param tenants whether clients are told apart
     * @param clock wall clock
     * @param nanoTime monotonic clock
     */
    BatchInputs(
            AffinityDirectory clean,
            AffinityDirectory directory,
            boolean tenants,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.clean = clean;
        this.directory = directory;
        this.tenants = tenants;
        this.clock = clock;
        this.running = remembered(nanoTime);
        this.doubtful = remembered(nanoTime);
    }

    private static <K> Cache<K, InputLines> remembered(LongSupplier nanoTime) {
        return Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(KEPT)
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /** A look into the file that the request uploads, or a piece of it. */
    Optional<InputLines> uploaded(
            Exchange exchange,
            ServerRequestHeaders headers,
            Optional<Uploads.Running> upload,
            Client client) {
        Operation operation = exchange.target().operation();
        if (!tenants) {
            return Optional.empty();
        }
        if (upload.isPresent()) {
            return Optional.of(piece(upload.get().id(), headers, client));
        }
        boolean openAi = operation == Operation.OPENAI_FILES && exchange.method().equals("POST");
        boolean whole = operation == Operation.UPLOAD_START && !UploadCommand.of(headers).begins();
        if (!openAi && !whole) {
            return Optional.empty();
        }
        String type = headers.first(HeaderNames.CONTENT_TYPE).orElse("");
        InputLines lines =
                new InputLines(sightings(client), openAi || type.startsWith("multipart/"));
        return Optional.of(readable(lines, headers));
    }

    private InputLines piece(String id, ServerRequestHeaders headers, Client client) {
        InputLines lines = running.get(id, _ -> new InputLines(sightings(client), false));
        UploadCommand command = UploadCommand.of(headers);
        if (command.uploads()) {
            lines.piece(command.offset());
        }
        return readable(lines, headers);
    }

    private static InputLines readable(InputLines lines, ServerRequestHeaders headers) {
        if (headers.contains(HeaderNames.CONTENT_ENCODING)) {
            lines.unreadable();
        }
        return lines;
    }

    /** The upload has become that file. */
    void made(String file, ProjectId project, Client client, InputLines lines) {
        Owner owner = ResourceHomes.owner(client);
        if (lines.isOwn()) {
            clean.made(
                    new Belonging(
                            file,
                            project,
                            owner,
                            clock.instant().plus(ResourceCollections.lifetime(file))));
        } else {
            clean.deleted(file, project);
            doubtful.put(new InputFile(file, project), lines);
        }
    }

    /**
     * What the input file of a client's batch names beside the client's own.
     *
     * @throws Refused if nobody knows
     */
    Set<String> namesIn(String file, ProjectId project, Client client) {
        Owner owner = ResourceHomes.owner(client);
        if (!tenants || clean.owns(owner, file, project)) {
            return Set.of();
        }
        InputLines lines = doubtful.getIfPresent(new InputFile(file, project));
        if (lines != null) {
            return lines.others();
        }
        if (directory.owns(owner, file, project)) {
            throw new Refused(InputLines.unreadableInput());
        }
        return Set.of();
    }

    private Function<String, Sighting> sightings(Client client) {
        return name ->
                ResourceCollections.isWildcard(name)
                        ? new Sighting.Foreign()
                        : directory.find(name, ResourceHomes.owner(client));
    }

    /** One of that name may be in several projects. */
    private record InputFile(String name, ProjectId project) {}
}
