package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.gemini.Modality;
import io.gemproxy.server.gemini.ModalityTokens;
import io.gemproxy.server.state.StateKeeper;
import io.gemproxy.server.usage.LedgerEntry;
import io.gemproxy.server.usage.LedgerKey;
import io.gemproxy.server.usage.LedgerQuery;
import io.gemproxy.server.usage.LedgerSums;
import io.gemproxy.server.usage.TokenSums;
import io.gemproxy.server.usage.UsageLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The usage ledger over a restart. */
final class LedgerLineTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));
    private static final LedgerQuery ALL =
            new LedgerQuery(
                    List.of(
                            LedgerQuery.Dimension.CLIENT,
                            LedgerQuery.Dimension.MODEL,
                            LedgerQuery.Dimension.KEY,
                            LedgerQuery.Dimension.TIER,
                            LedgerQuery.Dimension.DAY),
                    Optional.empty(),
                    Optional.empty());

    @TempDir private Path directory;

    @Test
    void everySumIsThereAgain() throws IOException {
        UsageLedger before = new UsageLedger(CLOCK);
        before.restore(Stream.of(entry("alice", 7), entry("bob", 1_000_000_000_001L)));
        keep(before).close();
        UsageLedger after = new UsageLedger(CLOCK);
        StateKeeper keeper = keep(after);
        assertEquals(before.read(ALL), after.read(ALL));
        keeper.close();
    }

    @Test
    void anEntryThatIsDamagedCostsNoOther() throws IOException {
        UsageLedger before = new UsageLedger(CLOCK);
        before.restore(Stream.of(entry("alice", 7), entry("bob", 8)));
        keep(before).close();
        Path journal = directory.resolve("usage.journal");
        Files.writeString(journal, Files.readString(journal).replace("\"bob\"", "\"eve\""));
        UsageLedger after = new UsageLedger(CLOCK);
        keep(after).close();
        assertEquals(
                List.of("alice"),
                after.read(ALL).rows().stream().map(row -> row.names().getFirst()).toList());
    }

    private StateKeeper keep(UsageLedger ledger) throws IOException {
        return new PersistentState(List.of(), List.of(LedgerLine.journal(ledger)))
                .keep(directory.resolve("."), CLOCK);
    }

    private static LedgerEntry entry(String client, long picodollars) {
        ModalityTokens audio = ModalityTokens.UNSTATED.plus(Modality.AUDIO, 3);
        TokenSums tokens =
                new TokenSums(
                        9, 2, 3, 4, 5, 21, audio, audio, audio, ModalityTokens.UNSTATED, 6, 7);
        return new LedgerEntry(
                new LedgerKey(
                        LocalDate.parse("2026-11-20"), client, "gemini-2.5-flash", "k1", "flex"),
                new LedgerSums(1, 2, 3, 4, tokens, 5, 6, 7, 8, 9, 10, picodollars));
    }
}
