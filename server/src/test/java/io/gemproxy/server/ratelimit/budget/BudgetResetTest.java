package io.gemproxy.server.ratelimit.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.ratelimit.RateLimitConfig.Rates;
import org.junit.jupiter.api.Test;

/** Who resets a budget is told so when a crash cannot undo it. */
final class BudgetResetTest extends BudgetRig {
    private long last;
    private long awaited;

    private final BudgetBook kept =
            new BudgetBook(
                    Rates.NONE,
                    now::get,
                    new BudgetJournal() {
                        @Override
                        public long write(BudgetChange change) {
                            return ++last;
                        }

                        @Override
                        public void await(long position) {
                            awaited = position;
                        }
                    });

    @Test
    void ofOneClient() {
        Client alice = tokensADay(10_000);
        kept.spend(alice, tokens(5_000));
        kept.reset(alice.id());
        assertEquals(last, awaited);
    }

    @Test
    void ofAll() {
        kept.spend(tokensADay(10_000), tokens(5_000));
        kept.resetAll();
        assertEquals(last, awaited);
        assertEquals(3, last);
    }
}
