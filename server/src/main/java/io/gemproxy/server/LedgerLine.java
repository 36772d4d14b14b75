package io.gemproxy.server;

import io.gemproxy.server.state.Changes;
import io.gemproxy.server.state.JournalPart;
import io.gemproxy.server.usage.LedgerEntry;
import io.gemproxy.server.usage.LedgerKey;
import io.gemproxy.server.usage.LedgerSums;
import io.gemproxy.server.usage.UsageLedger;
import java.time.LocalDate;

/** One entry of the usage ledger, as its journal has it. */
record LedgerLine(
        String day, String client, String model, String keyId, String tier, LedgerSums sums) {
    private static final int VERSION = 1;

    /** The ledger's part in what survives a restart. */
    static JournalPart<LedgerLine> journal(UsageLedger ledger) {
        return new JournalPart<>(
                "usage",
                VERSION,
                LedgerLine.class,
                new Changes<>(() -> ledger.changes().stream().map(LedgerLine::of).toList()),
                () -> ledger.entries().map(LedgerLine::of),
                lines -> ledger.restore(lines.map(LedgerLine::entry)));
    }

    private static LedgerLine of(LedgerEntry entry) {
        LedgerKey key = entry.key();
        return new LedgerLine(
                key.day().toString(),
                key.client(),
                key.model(),
                key.keyId(),
                key.tier(),
                entry.sums());
    }

    private LedgerEntry entry() {
        return new LedgerEntry(
                new LedgerKey(LocalDate.parse(day), client, model, keyId, tier), sums);
    }
}
