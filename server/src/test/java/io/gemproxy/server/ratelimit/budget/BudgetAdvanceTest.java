package io.gemproxy.server.ratelimit.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.Budget;
import io.gemproxy.server.exchange.Client;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is charged for a batch when it is made, and what takes its place. */
class BudgetAdvanceTest extends BudgetRig {
    private final Client alice = tokensADay(1_000);

    private void make(String batch, long tokens) {
        granted(alice, tokens(tokens)).hold().settle(tokens(tokens));
        book.advance(batch, alice, tokens(tokens));
    }

    private long spentToday() {
        return book.views().getFirst().day().spent().tokens();
    }

    private long spentThisMonth() {
        return book.views().getFirst().month().spent().tokens();
    }

    @Test
    void whatABatchUsedTakesThePlaceOfWhatWasChargedForIt() {
        make("batches/a", 400);
        make("batches/b", 300);
        assertEquals(700, spentToday());
        assertTrue(book.settle("batches/a", tokens(90)));
        assertEquals(390, spentToday(), "the rest is given back");
        assertTrue(book.settle("batches/b", tokens(350)));
        assertEquals(440, spentToday(), "what goes beyond is charged");
    }

    @Test
    void itIsSettledOnce() {
        make("batches/a", 400);
        assertTrue(book.settle("batches/a", tokens(90)));
        assertFalse(book.settle("batches/a", tokens(90)));
        assertFalse(book.settle("batches/of nobody", tokens(90)));
        assertEquals(90, spentToday());
    }

    @Test
    void onADayThatBeganSinceNothingIsGivenBack() {
        make("batches/a", 400);
        make("batches/b", 400);
        now.set(Instant.parse("2026-11-22T08:00:00Z"));
        book.settle("batches/a", tokens(90));
        book.settle("batches/b", tokens(450));
        assertEquals(50, spentToday());
        assertEquals(540, spentThisMonth(), "the month is the same");
    }

    @Test
    void aResetLeavesNoCredit() {
        make("batches/a", 400);
        book.resetAll();
        book.settle("batches/a", tokens(90));
        assertEquals(90, spentToday());
    }

    @Test
    void aRestartForgetsNeitherTheChargeNorThatItIsSettled() {
        make("batches/a", 400);
        make("batches/b", 300);
        book.settle("batches/b", tokens(10));
        for (boolean compacted : new boolean[] {false, true}) {
            BudgetBook next = book();
            next.restore(compacted ? book.snapshot() : written.stream());
            long before = next.views().getFirst().day().spent().tokens();
            assertFalse(next.settle("batches/b", tokens(10)));
            assertTrue(next.settle("batches/a", tokens(100)));
            assertEquals(before - 300, next.views().getFirst().day().spent().tokens());
        }
    }

    @Test
    void whatWasChargedFollowsABatchToTheFileWithItsResults() {
        make("batches/a", 400);
        book.resultsIn("batches/a", "files/r");
        book.resultsIn("batches/a", "files/r");
        book.resultsIn("batches/of nobody", "files/s");
        for (boolean compacted : new boolean[] {false, true}) {
            BudgetBook next = book();
            next.restore(compacted ? book.snapshot() : written.stream());
            long before = next.views().getFirst().day().spent().tokens();
            assertFalse(next.settle("batches/a", tokens(90)));
            assertFalse(next.settle("files/s", tokens(90)));
            assertTrue(next.settle("files/r", tokens(90)));
            assertEquals(before - 310, next.views().getFirst().day().spent().tokens());
        }
    }

    @Test
    void whoHasNoCapIsChargedNothingAhead() {
        Client free = client(Budget.NONE, Budget.NONE, OptionalLong.empty());
        book.advance("batches/a", free, tokens(5));
        assertFalse(book.settle("batches/a", tokens(5)));
        assertTrue(written.isEmpty());
    }
}
