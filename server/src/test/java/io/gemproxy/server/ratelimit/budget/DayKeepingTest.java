package io.gemproxy.server.ratelimit.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.ratelimit.RateLimitConfig;
import io.gemproxy.server.ratelimit.budget.BudgetDecision.Granted;
import io.gemproxy.server.ratelimit.budget.BudgetDecision.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the days of addresses and of all keep over a stop, a crash, damage and an operator. */
class DayKeepingTest extends DayRig {
    private DayBook after(RateLimitConfig config, int lines) {
        DayBook next = book(config);
        next.restore(List.copyOf(written).subList(0, lines).stream());
        return next;
    }

    @Test
    void aCleanStopKeepsTheCountsExactly() {
        RateLimitConfig config = both(1_000, 2_000);
        DayBook book = book(config);
        for (int i = 0; i < 700; i++) {
            granted(book.ofAddress(ONE));
            granted(book.ofAll()).hold().settle(Amounts.ONE_REQUEST);
        }
        book.close();
        DayBook next = after(config, written.size());
        assertEquals(300, left(() -> next.ofAddress(ONE)));
        assertEquals(1_000, left(() -> next.ofAddress(TWO)));
        assertEquals(1_300, left(next::ofAll));
    }

    private static int left(Supplier<BudgetDecision> ask) {
        int left = 0;
        while (ask.get() instanceof Granted) {
            left++;
        }
        return left;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void ofAllACrashForgetsNothingAndInventsLittle(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RateLimitConfig config = all(1_000);
        DayBook book = book(config);
        int admitted = random.nextInt(1, 900);
        for (int i = 0; i < admitted; i++) {
            granted(book.ofAll()).hold().settle(Amounts.ONE_REQUEST);
        }
        int left = left(after(config, durable)::ofAll);
        assertTrue(left <= 1_000 - admitted, () -> "forgotten: " + (left - 1_000 + admitted));
        assertTrue(left >= 1_000 - admitted - 22, () -> "invented: " + (1_000 - admitted - left));
    }

    @Test
    void anAddressIsWrittenAheadAndNobodyWaits() {
        RateLimitConfig config = addresses(1_000);
        DayBook book = book(config);
        for (int i = 0; i < 500; i++) {
            granted(book.ofAddress(ONE));
        }
        assertEquals(0, durable);
        assertTrue(written.size() <= 50, () -> "lines: " + written.size());
        DayBook next = after(config, written.size());
        int left = left(() -> next.ofAddress(ONE));
        assertTrue(left <= 500, () -> "forgotten: " + (left - 500));
    }

    @Test
    void aDayThatIsOverIsNotTakenBack() {
        RateLimitConfig config = both(1, 1);
        DayBook book = book(config);
        granted(book.ofAddress(ONE));
        granted(book.ofAll());
        book.close();
        now.set(Instant.parse("2026-11-22T00:00:00Z"));
        DayBook next = after(config, written.size());
        assertEquals(0, next.snapshot().count());
        granted(next.ofAddress(ONE));
        granted(next.ofAll());
    }

    @Test
    void damageRefusesAllUntilTheDayIsOverAndIsRemembered() {
        RateLimitConfig config = both(5, 5);
        DayBook book = book(config);
        book.distrust();
        Unknown refused = assertInstanceOf(Unknown.class, book.ofAll());
        assertEquals(Scope.ALL_DAY, refused.scope());
        assertEquals(Duration.ofHours(2), refused.retryAfter());
        assertInstanceOf(Unknown.class, book.ofAllRefused().orElseThrow());
        granted(book.ofAddress(ONE));
        DayBook next = book(config);
        next.restore(book.snapshot());
        assertInstanceOf(Unknown.class, next.ofAll());
        now.set(Instant.parse("2026-11-22T00:00:00Z"));
        granted(next.ofAll());
    }

    @Test
    void aResetBeginsTheDayAnewOnDiskToo() {
        RateLimitConfig config = both(100, 100);
        DayBook book = book(config);
        book.distrust();
        for (int i = 0; i < 100; i++) {
            granted(book.ofAddress(ONE));
        }
        book.reset();
        assertEquals(written.size(), durable);
        assertTrue(left(after(config, durable)::ofAll) >= 98);
        assertEquals(100, left(() -> book.ofAddress(ONE)));
        assertEquals(100, left(book::ofAll));
    }
}
