package io.gemproxy.server.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.gemini.Counting;
import io.gemproxy.server.gemini.TokenUsage;
import io.gemproxy.server.usage.BatchReceipts.Counted;
import io.gemproxy.server.usage.BatchReceipts.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchReceiptsTest {
    private final List<Counted> told = new ArrayList<>();
    private final BatchReceipts receipts = new BatchReceipts(told::add);

    private static Optional<Receipt> read(BatchReceipts from, String name, long tokens) {
        return from.fresh(
                name,
                new TokenUsage(tokens, 0, 0, 0, 0, tokens),
                new Cost(3 * tokens, false, "2026-08-24"));
    }

    @Test
    void whatIsNewIsCountedAndNothingTwice() {
        assertEquals(100, read(receipts, "batches/b", 100).orElseThrow().usage().total());
        Receipt more = read(receipts, "batches/b", 140).orElseThrow();
        assertEquals(40, more.usage().total());
        assertEquals(120, more.cost().picodollars());
        assertTrue(more.usage().isConserved());
        assertTrue(read(receipts, "batches/b", 140).isEmpty());
        assertTrue(read(receipts, "batches/b", 90).isEmpty(), "an answer that broke off");
        assertEquals(100, read(receipts, "batches/c", 100).orElseThrow().usage().total());
    }

    @Test
    void aPartIsNotAllOfItUntilAllOfItWasRead() {
        TokenUsage all = new TokenUsage(100, 0, 0, 0, 0, 100);
        Cost cost = new Cost(300, false, "2026-08-24");
        TokenUsage part = all.with(all.detail().with(Counting.LOWER_BOUND));
        assertTrue(receipts.fresh("files/r", part, cost).isPresent());
        assertFalse(receipts.knows("files/r"));
        assertTrue(receipts.fresh("files/r", all, cost).isEmpty(), "nothing more came");
        assertTrue(receipts.knows("files/r"));
        assertTrue(receipts.fresh("files/r", part, cost).isEmpty());
        assertTrue(receipts.knows("files/r"));
        assertEquals(List.of(true, false), told.stream().map(it -> it.receipt().isPart()).toList());
    }

    @Test
    void aCacheThatIsKeptLongerCostsTheRest() {
        assertEquals(70, stored(70).orElseThrow().cost().picodollars());
        assertTrue(stored(70).isEmpty());
        assertEquals(30, stored(100).orElseThrow().cost().picodollars());
        assertTrue(stored(40).isEmpty(), "what was charged is not given back");
    }

    private Optional<Receipt> stored(long cost) {
        return receipts.fresh(
                "cachedContents/c", TokenUsage.NOTHING, new Cost(cost, false, "2026-08-24"));
    }

    @Test
    void anotherProcessKnowsWhatThisOneCounted() {
        read(receipts, "batches/b", 100);
        read(receipts, "batches/b", 100);
        read(receipts, "batches/b", 140);
        assertEquals(2, told.size(), "only what is new is told");
        for (List<Counted> kept : List.of(told, receipts.snapshot().toList())) {
            BatchReceipts next = new BatchReceipts(_ -> {});
            next.restore(kept.stream());
            assertTrue(read(next, "batches/b", 140).isEmpty());
            assertEquals(10, read(next, "batches/b", 150).orElseThrow().usage().total());
        }
    }

    @Test
    void thoseThatNobodyReadForLongestAreForgotten() {
        for (int i = 0; i < 10_000; i++) {
            read(receipts, "batches/" + i, 1);
        }
        read(receipts, "batches/0", 1);
        read(receipts, "batches/one-more", 1);
        assertTrue(read(receipts, "batches/0", 1).isEmpty());
        assertTrue(read(receipts, "batches/1", 1).isPresent());
        assertEquals(10_000, receipts.snapshot().count());
    }
}
