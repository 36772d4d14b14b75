package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.AnsweredResources;
import io.gemproxy.server.gemini.BatchOrder;
import io.gemproxy.server.gemini.FileContent;
import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.ResourceCollections;
import io.gemproxy.server.keys.affinity.AffinityDirectory;
import io.gemproxy.server.keys.affinity.Belonging;
import io.gemproxy.server.keys.affinity.Owner;
import io.gemproxy.server.keys.affinity.Sighting;
import io.gemproxy.server.usage.UsageTap;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Fills the directory from answers as they pass, before their last byte leaves. */
final class AnswerReading {
    private static final int MOST = 64 * 1024;

    /** What ends is known a little longer, so that its end is Google's to tell. */
    private static final Duration ROOM = Duration.ofHours(1);

    /** Answers of these name resources of the key's project. */
    private static final Set<Operation> NAMING =
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
                    Operation.AUTH_TOKENS,
                    Operation.OPENAI_FILES,
                    Operation.OPENAI_BATCHES,
                    Operation.OTHER);

    private static final Relay.Observer NOTHING = (bytes, offset, count) -> {};

    private final AffinityDirectory directory;
    private final ThoughtHomes thoughts;
    private final BatchInputs inputs;
    private final InstantSource clock;

    AnswerReading(
            AffinityDirectory directory,
            ThoughtHomes thoughts,
            BatchInputs inputs,
            InstantSource clock) {
        this.inputs = inputs;
        this.directory = directory;
        this.thoughts = thoughts;
        this.clock = clock;
    }

    /** Whether such answers are read, and must therefore come without content coding. */
    static boolean reads(GeminiTarget target) {
        return NAMING.contains(target.operation()) || ResourceCollections.isListed(target);
    }

    /** Reads the thought signatures of an answer that began well. */
    UsageTap.Plain learning(Exchange exchange, Client client, ProjectId project) {
        return thoughts.learning(exchange, client, project);
    }

    /** Reads the names in an answer that began well. */
    Relay.Observer of(Exchange exchange, Conversation conversation, ProjectId project) {
        Client client = conversation.client();
        GeminiTarget target = exchange.target();
        if (exchange.method().equals("DELETE")) {
            target.resource()
                    .filter(name -> isWhole(target, name))
                    .ifPresent(name -> directory.deleted(name, project));
            return NOTHING;
        }
        if (!NAMING.contains(target.operation()) || exchange.method().equals("HEAD")) {
            return NOTHING;
        }
        ByteArrayOutputStream seen = new ByteArrayOutputStream(1024);
        return (bytes, offset, count) -> {
            int room = MOST - seen.size();
            if (room > 0) {
                seen.write(bytes, offset, Math.min(room, count));
                List<AnsweredResources.Named> names =
                        AnsweredResources.find(seen.toByteArray(), target);
                note(names, exchange, conversation, project);
                conversation
                        .uploaded()
                        .ifPresent(lines ->
                                names.stream()
                                        .filter(file ->
                                                file.own() && file.name().startsWith("files/"))
                                        .forEach(file ->
                                                inputs.made(file.name(), project, client, lines)));
            }
        };
    }

    /** Not a part of it, such as one document of a store. */
    private static boolean isWhole(GeminiTarget target, String name) {
        return target.path().replace("%2F", "/").endsWith("/" + name);
    }

    private void note(
            List<AnsweredResources.Named> names,
            Exchange exchange,
            Conversation conversation,
            ProjectId project) {
        Owner owner = ownerOfWhatFollows(exchange.target(), conversation.client(), project);
        boolean made = exchange.method().equals("POST") || exchange.method().equals("PUT");
        for (AnsweredResources.Named named : names) {
            Instant until =
                    named.expires()
                            .map(end -> end.plus(ROOM))
                            .orElseGet(() ->
                                    clock.instant()
                                            .plus(ResourceCollections.lifetime(named.name())));
            Belonging belonging =
                    new Belonging(
                            named.name(), project, owner, until, content(named, conversation));
            if (made && named.own()) {
                directory.made(belonging);
            } else {
                directory.seen(belonging);
            }
        }
    }

    /** By what Google says and, of a file that has just come by, what was in it. */
    private static Optional<FileContent> content(
            AnsweredResources.Named named, Conversation conversation) {
        Optional<InputLines> lines =
                conversation
                        .uploaded()
                        .filter(_ -> named.own() && named.name().startsWith("files/"));
        Optional<BatchOrder> order = lines.flatMap(InputLines::order);
        return named.content()
                .or(() -> lines.filter(_ -> order.isPresent()).map(InputLines::content))
                .map(content -> content.with(order));
    }

    /** What comes of a thing that is nobody's is nobody's. */
    private Owner ownerOfWhatFollows(GeminiTarget target, Client client, ProjectId project) {
        Owner owner = ResourceHomes.owner(client);
        boolean owned =
                target.resource()
                        .map(name ->
                                directory.owns(owner, name, project)
                                        || !(directory.find(name, Owner.NOBODY)
                                                instanceof Sighting.Known))
                        .orElse(true);
        return owned ? owner : Owner.NOBODY;
    }

    /** These were found in that project, made by nobody we know. */
    void found(Set<String> names, ProjectId project) {
        for (String name : names) {
            directory.seen(
                    new Belonging(
                            name,
                            project,
                            Owner.NOBODY,
                            clock.instant().plus(ResourceCollections.lifetime(name))));
        }
    }
}
