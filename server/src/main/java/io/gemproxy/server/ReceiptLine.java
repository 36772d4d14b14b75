package io.gemproxy.server;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.gemini.Counting;
import io.gemproxy.server.gemini.TokenUsage;
import io.gemproxy.server.gemini.UsageDetail;
import io.gemproxy.server.state.Changes;
import io.gemproxy.server.state.JournalPart;
import io.gemproxy.server.usage.BatchReceipts;

/**
 * What was counted of one batch, as the journal has it.
 *
 * @param batch its name, or that of the file with its results
 * @param part whether there is more that was not read
 */
record ReceiptLine(
        String batch,
        long prompt,
        long cached,
        long candidates,
        long thoughts,
        long toolUse,
        long total,
        long picodollars,
        boolean unpriced,
        String priceVersion,
        boolean part) {
    private static final int VERSION = 1;

    /** The receipts' part in what survives a restart. */
    static JournalPart<ReceiptLine> journal(BatchReceipts receipts, Changes<ReceiptLine> changes) {
        return new JournalPart<>(
                "batches",
                VERSION,
                ReceiptLine.class,
                changes,
                () -> receipts.snapshot().map(ReceiptLine::of),
                lines -> receipts.restore(lines.map(ReceiptLine::counted)));
    }

    static ReceiptLine of(BatchReceipts.Counted counted) {
        TokenUsage usage = counted.receipt().usage();
        Cost cost = counted.receipt().cost();
        return new ReceiptLine(
                counted.name(),
                usage.prompt(),
                usage.cached(),
                usage.candidates(),
                usage.thoughts(),
                usage.toolUse(),
                usage.total(),
                cost.picodollars(),
                cost.unpriced(),
                cost.priceVersion(),
                counted.receipt().isPart());
    }

    private BatchReceipts.Counted counted() {
        UsageDetail detail = UsageDetail.NONE.with(part ? Counting.LOWER_BOUND : Counting.STATED);
        return new BatchReceipts.Counted(
                batch,
                new BatchReceipts.Receipt(
                        new TokenUsage(
                                prompt, cached, candidates, thoughts, toolUse, total, detail),
                        new Cost(picodollars, unpriced, priceVersion)));
    }
}
