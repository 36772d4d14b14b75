package io.gemproxy.server.ratelimit.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.ratelimit.RateLimitConfig.Rates;
import io.gemproxy.server.ratelimit.budget.BudgetDecision.Granted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that has only what somebody waited for, and a crash after each step. */
final class BudgetCrashTest extends BudgetRig {
    private static final long CAP = 10_000;
    private static final long SLICE = CAP / 100 + 1;

    private final List<BudgetChange> onDisk = new ArrayList<>();
    private final AtomicLong waits = new AtomicLong();
    private int durable;
    private final BudgetBook lazy =
            new BudgetBook(
                    Rates.NONE,
                    now::get,
                    new BudgetJournal() {
                        @Override
                        public long write(BudgetChange change) {
                            written.add(change);
                            return written.size();
                        }

                        @Override
                        public void await(long position) {
                            if (position > durable) {
                                waits.incrementAndGet();
                                onDisk.addAll(written.subList(durable, (int) position));
                                durable = (int) position;
                            }
                        }
                    });

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aCrashForgetsNothingThatWasReserved(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Client alice = tokensADay(CAP);
        Deque<Running> running = new ArrayDeque<>();
        long spent = 0;
        long held = 0;
        for (int i = 0; i < 1_000; i++) {
            long wish = random.nextLong(1, 300);
            switch (random.nextInt(5)) {
                case 0 -> lazy.snapshot().forEach(this::rewritten);
                case 1, 2 -> {
                    if (!running.isEmpty()) {
                        Running ending = running.remove();
                        long real = random.nextLong(ending.tokens + 1);
                        ending.hold.settle(tokens(real));
                        held -= ending.tokens;
                        spent += real;
                    }
                }
                default -> {
                    if (lazy.reserve(alice, tokens(wish)) instanceof Granted granted) {
                        running.add(new Running(granted.hold(), wish));
                        held += wish;
                    }
                }
            }
            long known = afterACrash();
            long took = spent + held;
            assertTrue(known >= took, () -> "forgotten: " + (took - known));
        }
        assertTrue(spent + held > CAP / 2, "hardly anything was taken");
    }

    @Test
    void oneInAHundredthOfTheCapWaits() {
        Client alice = tokensADay(CAP);
        for (int i = 0; i < CAP; i++) {
            assertTrue(lazy.reserve(alice, tokens(1)) instanceof Granted);
        }
        assertEquals(CAP / (SLICE + 1) + 1, waits.get());
    }

    /** The file begins anew with what is live. */
    private void rewritten(BudgetChange change) {
        durable = written.size();
        onDisk.clear();
        onDisk.add(change);
    }

    private long afterACrash() {
        BudgetBook next = book();
        next.restore(onDisk.stream());
        return next.views().stream().mapToLong(view -> view.day().spent().tokens()).sum();
    }

    private record Running(BudgetHold hold, long tokens) {}
}
