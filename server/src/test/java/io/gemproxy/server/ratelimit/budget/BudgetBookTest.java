package io.gemproxy.server.ratelimit.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.Budget;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.LimitPolicy;
import io.gemproxy.server.ratelimit.budget.BudgetDecision.Exceeded;
import io.gemproxy.server.ratelimit.budget.BudgetDecision.Granted;
import io.gemproxy.server.ratelimit.budget.BudgetDecision.NeverFits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BudgetBookTest extends BudgetRig {
    @Test
    void whatIsReservedIsNotGivenTwice() {
        Client alice = tokensADay(100);
        granted(alice, tokens(60));
        Exceeded refused = assertInstanceOf(Exceeded.class, book.reserve(alice, tokens(50)));
        assertEquals(LimitPolicy.DAILY_TOKENS, refused.allowance().policy());
        assertEquals(40, refused.allowance().left());
        assertEquals(
                Duration.ofSeconds(1), refused.retryAfter(), "a running request may give back");
        assertEquals(0, granted(alice, tokens(40)).allowances().getFirst().left());
    }

    @Test
    void whatIsSpentComesBackAtMidnightUtc() {
        Client alice = tokensADay(100);
        granted(alice, tokens(60)).hold().settle(tokens(80));
        Exceeded refused = assertInstanceOf(Exceeded.class, book.reserve(alice, tokens(50)));
        assertEquals(Duration.ofHours(2), refused.retryAfter());
        now.set(Instant.parse("2026-11-21T23:59:59.999Z"));
        assertInstanceOf(Exceeded.class, book.reserve(alice, tokens(50)));
        now.set(Instant.parse("2026-11-22T00:00:00Z"));
        granted(alice, tokens(100));
    }

    @Test
    void aRequestOverMidnightBelongsToTheDayItBeganOn() {
        Client alice = tokensADay(100);
        Granted late = granted(alice, tokens(90));
        now.set(Instant.parse("2026-11-22T00:00:01Z"));
        granted(alice, tokens(100)).hold().settle(tokens(0));
        late.hold().settle(tokens(90));
        granted(alice, tokens(100));
    }

    @Test
    void theClockMayJumpBackwardsWithoutGivingCredit() {
        Client alice = tokensADay(100);
        granted(alice, tokens(100)).hold().settle(tokens(100));
        now.set(Instant.parse("2026-11-20T12:00:00Z"));
        assertInstanceOf(Exceeded.class, book.reserve(alice, tokens(1)));
    }

    @Test
    void dollarsAreExactToThePicodollar() {
        Client alice = dollarsAMonth("0.000001");
        granted(alice, dollars(1_000_000 - 1)).hold().settle(dollars(999_999));
        assertInstanceOf(Exceeded.class, book.reserve(alice, dollars(2)));
        granted(alice, dollars(1)).hold().settle(dollars(1));
        assertEquals(
                Duration.between(now.get(), Instant.parse("2026-12-01T00:00:00Z")),
                assertInstanceOf(Exceeded.class, book.reserve(alice, dollars(1))).retryAfter());
    }

    @Test
    void moreThanTheWholeCapNeverFits() {
        NeverFits never =
                assertInstanceOf(
                        NeverFits.class, book.reserve(dollarsAMonth("1"), dollars(DOLLAR + 1)));
        assertEquals(LimitPolicy.MONTHLY_COST, never.policy());
    }

    @Test
    void requestsOfADayAreCounted() {
        Client alice = client(Budget.NONE, Budget.NONE, OptionalLong.of(2));
        granted(alice, Amounts.ONE_REQUEST);
        granted(alice, Amounts.ONE_REQUEST).hold().settle(Amounts.ZERO);
        granted(alice, Amounts.ONE_REQUEST).hold().settle(Amounts.ONE_REQUEST);
        Exceeded refused =
                assertInstanceOf(Exceeded.class, book.reserve(alice, Amounts.ONE_REQUEST));
        assertEquals(LimitPolicy.CLIENT_DAY, refused.allowance().policy());
        granted(alice, tokens(1_000_000));
    }

    @Test
    void manyThreadsNeverReserveBeyondTheCap() throws Exception {
        Client alice = dollarsAMonth("1");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                calls.add(
                        threads.submit(() ->
                                book.reserve(alice, dollars(DOLLAR / 1_000)) instanceof Granted));
            }
            int admitted = 0;
            for (Future<Boolean> call : calls) {
                admitted += call.get() ? 1 : 0;
            }
            assertEquals(1_000, admitted);
        }
    }

    @Test
    void withSettlementsInParallelTheSpentSumStaysWithinTheCap() throws Exception {
        Client alice = dollarsAMonth("1");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            SplittableRandom random = new SplittableRandom(4);
            for (int i = 0; i < 10_000; i++) {
                Amounts real = dollars(random.nextLong(DOLLAR / 500));
                threads.execute(() -> {
                    if (book.reserve(alice, dollars(DOLLAR / 500)) instanceof Granted it) {
                        it.hold().settle(real);
                    }
                });
            }
        }
        Amounts spent = book.views().getFirst().month().spent();
        assertTrue(spent.picodollars() <= DOLLAR, spent::toString);
        assertEquals(0, book.views().getFirst().month().reserved().picodollars());
    }

    @Test
    void whatIsNotLimitedMayBeTakenWithoutMeasure() {
        Client client = client(Budget.NONE, Budget.NONE, OptionalLong.of(100));
        Amounts dear = new Amounts(1, Long.MAX_VALUE / 4, Long.MAX_VALUE / 4);
        List<Granted> holds = IntStream.range(0, 9).mapToObj(_ -> granted(client, dear)).toList();
        holds.subList(0, 8).forEach(it -> it.hold().settle(dear));
        holds.get(8).hold().settle(Amounts.ZERO);
        granted(client, dear);
        assertInstanceOf(
                Exceeded.class,
                book.reserve(dollarsAMonth("1"), dollars(1)),
                "who limits it then finds it taken");
    }
}
