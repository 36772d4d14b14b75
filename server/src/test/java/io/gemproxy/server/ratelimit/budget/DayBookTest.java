package io.gemproxy.server.ratelimit.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.LimitPolicy;
import io.gemproxy.server.ratelimit.RateLimitConfig;
import io.gemproxy.server.ratelimit.RateLimitConfig.Rates;
import io.gemproxy.server.ratelimit.budget.BudgetDecision.Exceeded;
import io.gemproxy.server.ratelimit.budget.BudgetDecision.Granted;
import io.gemproxy.server.ratelimit.budget.BudgetDecision.NeverFits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The days of addresses and of all clients together. */
class DayBookTest extends DayRig {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noDayOfUtcAdmitsMoreThanTheLimit(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long most = random.nextLong(1, 60);
        DayBook book = book(addresses(most));
        Map<Instant, Long> admitted = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            now.set(now.get().plusMillis(random.nextLong(1, 200_000)));
            if (book.ofAddress(ONE) instanceof Granted) {
                admitted.merge(Span.DAY.start(now.get()), 1L, Long::sum);
            }
        }
        assertTrue(admitted.size() > 4, "hardly a day went by");
        admitted.forEach((day, count) -> assertEquals(most, count, day::toString));
    }

    @Test
    void ofManyAtOnceExactlyAsManyAsTheLimitAreAdmitted() throws Exception {
        DayBook book = book(both(137, 211));
        assertEquals(137, admitted(() -> book.ofAddress(ONE)));
        assertEquals(137, admitted(() -> book.ofAddress(TWO)));
        assertEquals(211, admitted(book::ofAll));
    }

    private static int admitted(Supplier<BudgetDecision> ask) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                calls.add(threads.submit(() -> ask.get() instanceof Granted));
            }
            int admitted = 0;
            for (Future<Boolean> call : calls) {
                admitted += call.get() ? 1 : 0;
            }
            return admitted;
        }
    }

    @Test
    void aRefusalTellsMidnightToTheSecond() {
        DayBook book = book(addresses(1));
        granted(book.ofAddress(ONE));
        now.set(Instant.parse("2026-11-21T23:59:18Z"));
        Exceeded refused = assertInstanceOf(Exceeded.class, book.ofAddress(ONE));
        assertEquals(Duration.ofSeconds(42), refused.retryAfter());
        assertEquals(LimitPolicy.ADDRESS_DAY, refused.allowance().policy());
        assertEquals(1, refused.allowance().limit());
        now.set(Instant.parse("2026-11-22T00:00:00Z"));
        granted(book.ofAddress(ONE));
    }

    @Test
    void ofAllARefusalTellsASecondOnlyWhileItIsNotKnownWhoStays() {
        DayBook book = book(all(1));
        Granted first = granted(book.ofAll());
        assertEquals(Duration.ofSeconds(1), exceeded(book.ofAll()).retryAfter());
        first.hold().settle(Amounts.ZERO);
        granted(book.ofAll()).hold().settle(Amounts.ONE_REQUEST);
        assertEquals(Duration.ofHours(2), exceeded(book.ofAll()).retryAfter());
        assertEquals(
                LimitPolicy.GLOBAL_DAY,
                exceeded(book.ofAllRefused().orElseThrow()).allowance().policy());
    }

    @Test
    void theAddressesOfOneSubscriberShareADay() {
        DayBook book = book(addresses(1));
        granted(book.ofAddress("2001:db8:1:2::1"));
        exceeded(book.ofAddress("2001:db8:1:2:ffff::9"));
        granted(book.ofAddress("2001:db8:1:3::1"));
    }

    @Test
    void tokensAreReservedAndSettled() {
        DayBook book = book(tokens(100, 150));
        assertTrue(book.countsTokens());
        Granted one = granted(book.tokensOfAddress(ONE, 90));
        assertEquals(
                LimitPolicy.ADDRESS_DAILY_TOKENS,
                exceeded(book.tokensOfAddress(ONE, 20)).allowance().policy());
        one.hold().settle(new Amounts(0, 80, 0));
        granted(book.tokensOfAddress(ONE, 20));
        granted(book.tokensOfAll(150));
        assertEquals(
                LimitPolicy.GLOBAL_DAILY_TOKENS,
                exceeded(book.tokensOfAll(1)).allowance().policy());
        assertEquals(
                LimitPolicy.GLOBAL_DAILY_TOKENS,
                assertInstanceOf(NeverFits.class, book.tokensOfAll(151)).policy());
    }

    @Test
    void whatWasNeverReservedIsCountedBeyondTheLimit() {
        DayBook book = book(tokens(100, 1_000));
        book.spend(ONE, 130);
        exceeded(book.tokensOfAddress(ONE, 1));
        granted(book.tokensOfAddress(TWO, 1));
        exceeded(book.tokensOfAll(871));
    }

    @Test
    void withoutLimitsNothingIsCounted() {
        DayBook book = book(RateLimitConfig.NONE);
        assertFalse(book.countsTokens());
        granted(book.ofAddress(ONE));
        granted(book.ofAll());
        granted(book.tokensOfAll(5));
        book.spend(ONE, 5);
        assertEquals(0, book.snapshot().count());
        assertEquals(List.of(), written);
    }

    @Test
    void anotherLimitHoldsAtOnceAndForgetsNothing() {
        DayBook book = book(addresses(5));
        for (int i = 0; i < 3; i++) {
            granted(book.ofAddress(ONE));
        }
        book.reconfigure(addresses(3));
        exceeded(book.ofAddress(ONE));
        book.reconfigure(RateLimitConfig.NONE);
        granted(book.ofAddress(ONE));
        book.reconfigure(addresses(4));
        granted(book.ofAddress(ONE));
        exceeded(book.ofAddress(ONE));
    }

    @Test
    void theClockMayJumpBackWithoutGivingCredit() {
        DayBook book = book(addresses(1));
        granted(book.ofAddress(ONE));
        now.set(Instant.parse("2026-11-19T12:00:00Z"));
        exceeded(book.ofAddress(ONE));
    }

    @Test
    void soManyAddressesAreRememberedAndNoMore() {
        DayBook book = book(addresses(1));
        for (int i = 0; i < DayBook.MOST + 1_000; i++) {
            book.ofAddress("198.51." + (i >> 8) + "." + (i & 255));
        }
        long kept = book.snapshot().count();
        assertTrue(kept <= DayBook.MOST, () -> "remembered: " + kept);
        assertTrue(kept > DayBook.MOST - 1_000, () -> "remembered: " + kept);
    }

    private static RateLimitConfig tokens(long ofAddress, long ofAll) {
        return config(
                Rates.ofDay(OptionalLong.empty(), OptionalLong.of(ofAddress)),
                Rates.ofDay(OptionalLong.empty(), OptionalLong.of(ofAll)));
    }
}
