package io.gemproxy.server;

import io.gemproxy.server.exchange.ProjectId;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One change of the affinity directory, as its journal has it.
 *
 * @param project where the resource lives, null if it is gone
 * @param until when it may be forgotten, null if it is gone
 */
record AffinityLine(String name, String owner, @Nullable String project, @Nullable Instant until) {
    private static final int VERSION = 1;

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
                    new AffinityLine(name, owner.name(), null, null);
        };
    }

    private static AffinityLine of(Belonging it) {
        return new AffinityLine(it.name(), it.owner().name(), it.project().value(), it.until());
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
                    new Belonging(name, new ProjectId(project), new Owner(owner), until));
        }
    }
}
