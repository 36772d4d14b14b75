package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.BatchBound;
import io.gemproxy.server.gemini.BatchOrder;
import io.gemproxy.server.gemini.FileContent;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.affinity.AffinityDirectory;
import io.gemproxy.server.keys.affinity.AffinityLimits;
import io.gemproxy.server.keys.affinity.Belonging;
import io.gemproxy.server.keys.affinity.Owner;
import io.gemproxy.server.state.Changes;
import io.gemproxy.server.state.JournalPart;
import io.gemproxy.server.state.StateKeeper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of files over a restart, and over another version of the server. */
final class AffinityLineTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final Owner ALICE = new Owner("alice");
    private static final Optional<FileContent> KNOWN =
            Optional.of(
                    new FileContent(
                            12_345,
                            "application/jsonl",
                            Optional.of(
                                    new BatchOrder(
                                            new BatchBound(1_000, 3, 997_000),
                                            List.of(new ModelName("gemini-2.5-flash"))))));

    @TempDir private Path directory;

    /** A line as versions wrote it that knew no content. */
    record Earlier(String name, String owner, @Nullable String project, @Nullable Instant until) {}

    private static Belonging file(String name, Optional<FileContent> content) {
        return new Belonging(
                name, new ProjectId("red"), ALICE, NOW.plus(Duration.ofHours(50)), content);
    }

    private AffinityDirectory kept(Consumer<AffinityDirectory> work) throws IOException {
        Changes<AffinityLine> changes = new Changes<>();
        AffinityDirectory known =
                new AffinityDirectory(
                        AffinityLimits.USUAL,
                        CLOCK,
                        change -> changes.accept(AffinityLine.of(change)));
        keep(AffinityLine.journal("affinity", known, changes), () -> work.accept(known));
        return known;
    }

    private void keep(JournalPart<?> part, Runnable work) throws IOException {
        StateKeeper keeper = StateKeeper.open(directory, List.of(), List.of(part), CLOCK);
        work.run();
        keeper.close();
    }

    @Test
    void whatAFileHoldsIsKnownAgain() throws IOException {
        kept(known -> {
            known.made(file("files/a", KNOWN));
            known.made(file("files/b", Optional.of(FileContent.of(7, ""))));
            known.made(file("files/c", Optional.empty()));
        });
        AffinityDirectory after = kept(_ -> {});
        assertEquals(KNOWN, after.content("files/a", ALICE));
        assertEquals(Optional.of(FileContent.of(7, "")), after.content("files/b", ALICE));
        assertEquals(Optional.empty(), after.content("files/c", ALICE));
    }

    @Test
    void earlierFilesAreReadAndEarlierServersReadThese() throws IOException {
        Earlier line = new Earlier("files/a", "alice", "red", NOW.plus(Duration.ofHours(50)));
        List<Earlier> seen = new ArrayList<>();
        JournalPart<Earlier> earlier =
                new JournalPart<>(
                        "affinity",
                        1,
                        Earlier.class,
                        new Changes<>(),
                        () -> Stream.of(line),
                        lines -> lines.forEach(seen::add));
        keep(earlier, () -> {});
        AffinityDirectory now = kept(known -> known.seen(file("files/a", KNOWN)));
        assertEquals(List.of(file("files/a", KNOWN)), now.snapshot());
        keep(earlier, () -> {});
        assertEquals(Set.of(line), Set.copyOf(seen));
    }

    @Test
    void whoeverSeesAFileAgainForgetsNothingOfIt() throws IOException {
        AffinityDirectory known =
                kept(it -> {
                    it.made(file("files/a", KNOWN));
                    it.seen(file("files/a", Optional.empty()));
                    it.seen(file("files/a", Optional.of(FileContent.of(12_345, ""))));
                });
        assertEquals(KNOWN, known.content("files/a", ALICE));
        known.seen(file("files/a", Optional.of(FileContent.of(1, ""))));
        assertEquals(
                Optional.of(FileContent.of(1, "")),
                known.content("files/a", ALICE),
                "it must be another one");
        known.made(file("files/a", Optional.empty()));
        assertEquals(Optional.empty(), known.content("files/a", ALICE), "made anew");
    }

    @Test
    void nobodysFilesAreKnownToAllAndOthersToNobodyElse() throws IOException {
        AffinityDirectory known = kept(it -> it.made(file("files/a", KNOWN)));
        assertEquals(Optional.empty(), known.content("files/a", new Owner("bob")));
        known.seen(
                new Belonging(
                        "files/n",
                        new ProjectId("red"),
                        Owner.NOBODY,
                        NOW.plus(Duration.ofHours(1)),
                        KNOWN));
        assertEquals(KNOWN, known.content("files/n", new Owner("bob")));
    }
}
