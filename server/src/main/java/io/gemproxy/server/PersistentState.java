package io.gemproxy.server;

import io.gemproxy.server.authentication.revocation.RevocationList;
import io.gemproxy.server.config.history.HistoryEntry;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.PoolState;
import io.gemproxy.server.state.JournalPart;
import io.gemproxy.server.state.StateForms;
import io.gemproxy.server.state.StateKeeper;
import io.gemproxy.server.state.StatePart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * Which state of the rooms survives a restart, and under what names. A version rises with a form
 * that older servers cannot read.
 *
 * @param parts written whole
 * @param journals written change by change
 */
record PersistentState(List<StatePart<?>> parts, List<JournalPart<?>> journals) {
    private static final int KEYS_VERSION = 1;

    /** What nearly every start reads back. */
    static void prepare() {
        StateForms.prepare(
                List.of(
                        PoolState.class,
                        LedgerLine.class,
                        AffinityLine.class,
                        BudgetLine.class,
                        HistoryEntry.class,
                        RevocationList.class));
    }

    static PersistentState of(KeyPool pool, List<JournalPart<?>> journals) {
        StatePart<PoolState> keys =
                new StatePart<>(
                        "keys", KEYS_VERSION, PoolState.class, pool::snapshot, pool::restore);
        return new PersistentState(List.of(keys), journals);
    }

    /** Restores all of it from the directory and keeps it there from now on. */
    StateKeeper keep(Path directory, InstantSource clock) throws IOException {
        return StateKeeper.open(directory, parts, journals, clock);
    }
}
