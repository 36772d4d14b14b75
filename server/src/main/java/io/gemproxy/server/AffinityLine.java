package io.gemproxy.server;

import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.BatchBound;
import io.gemproxy.server.gemini.BatchOrder;
import io.gemproxy.server.gemini.FileContent;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.affinity.AffinityChange;
import io.gemproxy.server.keys.affinity.AffinityDirectory;
import io.gemproxy.server.keys.affinity.Belonging;
import io.gemproxy.server.keys.affinity.Owner;
import io.gemproxy.server.state.Changes;
import io.gemproxy.server.state.JournalPart;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One change of the affinity directory, as its journal has it.
 *
 * @param project where the resource lives, null if it is gone
 * @param until when it may be forgotten, null if it is gone
 * @param file what a file holds, null if that is not known, as by earlier versions
 */
record AffinityLine(
        String name,
        String owner,
        @Nullable String project,
        @Nullable Instant until,
        @Nullable Content file) {
    private static final int VERSION = 1;

    /**
     * What a file holds.
     *
     * @param bytes how long it is
     * @param type its media type, empty if unknown
     * @param lines what its lines ask for, null if they were not followed
     */
    record Content(long bytes, String type, @Nullable Lines lines) {
        static @Nullable Content of(Optional<FileContent> content) {
            return content.isEmpty()
                    ? null
                    : new Content(
                            content.get().bytes(),
                            content.get().type(),
                            Lines.of(content.get().order()));
        }

        FileContent content() {
            return new FileContent(bytes, type, Optional.ofNullable(lines).map(Lines::order));
        }
    }

    /**
     * What the lines of a file ask for.
     *
     * @param requests how many there are
     * @param unbounded those that name no longest answer
     * @param output the longest answers of all others together, in tokens
     * @param models those that they name
     */
    record Lines(long requests, long unbounded, long output, List<String> models) {
        static @Nullable Lines of(Optional<BatchOrder> order) {
            if (order.isEmpty()) {
                return null;
            }
            BatchBound asked = order.get().asked();
            return new Lines(
                    asked.requests(),
                    asked.unbounded(),
                    asked.outputTokens(),
                    order.get().models().stream().map(ModelName::value).toList());
        }

        BatchOrder order() {
            return new BatchOrder(
                    new BatchBound(requests, unbounded, output),
                    models.stream().map(ModelName::new).toList());
        }
    }

    /** A directory's part in what survives a restart, under that name. */
    static JournalPart<AffinityLine> journal(
            String part, AffinityDirectory directory, Changes<AffinityLine> changes) {
        return new JournalPart<>(
                part,
                VERSION,
                AffinityLine.class,
                changes,
                () -> directory.snapshot().stream().map(AffinityLine::of),
                lines -> directory.restore(folded(lines)));
    }

    static AffinityLine of(AffinityChange change) {
        return switch (change) {
            case AffinityChange.Put(Belonging belonging) -> of(belonging);
            case AffinityChange.Removed(String name, Owner owner) ->
                    new AffinityLine(name, owner.name(), null, null, null);
        };
    }

    private static AffinityLine of(Belonging it) {
        return new AffinityLine(
                it.name(),
                it.owner().name(),
                it.project().value(),
                it.until(),
                Content.of(it.content()));
    }

    /** What is left at the end, in the order in which it was last put. */
    private static List<Belonging> folded(Stream<AffinityLine> lines) {
        Map<List<String>, Belonging> left = new LinkedHashMap<>();
        lines.forEach(line -> line.apply(left));
        return List.copyOf(left.values());
    }

    private void apply(Map<List<String>, Belonging> left) {
        left.remove(List.of(name, owner));
        if (project != null && until != null) {
            left.put(
                    List.of(name, owner),
                    new Belonging(
                            name,
                            new ProjectId(project),
                            new Owner(owner),
                            until,
                            Optional.ofNullable(file).map(Content::content)));
        }
    }
}
