package io.gemproxy.server;

import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.affinity.AffinityDirectory;
import io.gemproxy.server.keys.affinity.AffinityLimits;
import io.gemproxy.server.keys.affinity.UploadSessions;
import io.gemproxy.server.ratelimit.budget.BudgetBook;
import io.gemproxy.server.ratelimit.budget.DayBook;
import io.gemproxy.server.state.Changes;
import io.gemproxy.server.state.JournalPart;
import io.gemproxy.server.state.StateKeeper;
import io.gemproxy.server.usage.BatchReceipts;
import io.gemproxy.server.usage.UsageLedger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a restart must not forget, restored.
 *
 * @param affinity where resources live
 * @param signatures which projects thought signatures came from
 * @param inputs files that may be the input of a batch
 * @param uploads running uploads
 * @param budgets what clients have spent
 * @param days what addresses, and all clients together, took on this day
 * @param receipts what was counted of batches
 * @param keeper writes all of it
 */
record Kept(
        AffinityDirectory affinity,
        AffinityDirectory signatures,
        AffinityDirectory inputs,
        UploadSessions uploads,
        BudgetBook budgets,
        DayBook days,
        BatchReceipts receipts,
        StateKeeper keeper) {
    /** Takes up what {@code state.dir} holds, of the pool and the ledger too. */
    static Kept open(
            GemproxyConfig config,
            KeyPool pool,
            UsageLedger ledger,
            Platform platform,
            Closing closing)
            throws IOException {
        List<JournalPart<?>> journals = new ArrayList<>();
        AffinityDirectory affinity =
                directory("affinity", AffinityLimits.USUAL, platform, journals);
        AffinityDirectory signatures =
                directory("signatures", AffinityLimits.SIGNATURES, platform, journals);
        AffinityDirectory inputs = directory("inputs", AffinityLimits.INPUTS, platform, journals);
        UploadSessions uploads = uploads(platform, journals);
        BudgetBook budgets = budgets(config, platform, journals);
        DayBook days = days(config, platform, journals);
        BatchReceipts receipts = receipts(journals);
        journals.add(LedgerLine.journal(ledger));
        StateKeeper keeper =
                closing.later(
                        PersistentState.of(pool, journals)
                                .keep(config.state().dir(), platform.clock()));
        closing.later(budgets);
        closing.later(days);
        return new Kept(affinity, signatures, inputs, uploads, budgets, days, receipts, keeper);
    }

    private static AffinityDirectory directory(
            String part, AffinityLimits limits, Platform platform, List<JournalPart<?>> journals) {
        Changes<AffinityLine> changes = new Changes<>();
        AffinityDirectory directory =
                new AffinityDirectory(
                        limits,
                        platform.clock(),
                        change -> changes.accept(AffinityLine.of(change)));
        journals.add(AffinityLine.journal(part, directory, changes));
        return directory;
    }

    private static UploadSessions uploads(Platform platform, List<JournalPart<?>> journals) {
        Changes<UploadLine> changes = new Changes<>();
        UploadSessions uploads =
                new UploadSessions(
                        platform.random(),
                        platform.clock(),
                        platform.nanoTime(),
                        change -> changes.accept(UploadLine.of(change)));
        journals.add(UploadLine.journal(uploads, changes));
        return uploads;
    }

    private static BudgetBook budgets(
            GemproxyConfig config, Platform platform, List<JournalPart<?>> journals) {
        Changes<BudgetLine> changes = new Changes<>();
        BudgetBook budgets =
                new BudgetBook(
                        config.rateLimit().client(), platform.clock(), BudgetLine.onto(changes));
        journals.add(BudgetLine.journal(budgets, changes));
        return budgets;
    }

    private static DayBook days(
            GemproxyConfig config, Platform platform, List<JournalPart<?>> journals) {
        Changes<DayLine> changes = new Changes<>();
        DayBook days =
                new DayBook(
                        config.rateLimit(),
                        platform.clock(),
                        platform.nanoTime(),
                        DayLine.onto(changes));
        journals.add(DayLine.journal(days, changes));
        return days;
    }

    private static BatchReceipts receipts(List<JournalPart<?>> journals) {
        Changes<ReceiptLine> changes = new Changes<>();
        BatchReceipts receipts =
                new BatchReceipts(counted -> changes.accept(ReceiptLine.of(counted)));
        journals.add(ReceiptLine.journal(receipts, changes));
        return receipts;
    }
}
