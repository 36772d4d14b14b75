package io.gemproxy.server.ratelimit.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.Budget;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Entitlement;
import io.gemproxy.server.exchange.LimitPolicy;
import io.gemproxy.server.exchange.Limits;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.ratelimit.budget.BudgetDecision.Exceeded;
import io.gemproxy.server.ratelimit.budget.BudgetDecision.Granted;
import io.gemproxy.server.ratelimit.budget.BudgetDecision.NeverFits;
import io.gemproxy.server.ratelimit.budget.BudgetDecision.Unknown;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BudgetBookTest {
    private static final long DOLLAR = 1_000_000_000_000L;

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-21T22:00:00Z"));
    private final List<BudgetChange> written = new ArrayList<>();
    private final BudgetBook book = book();

    private BudgetBook book() {
        return new BudgetBook(OptionalLong.empty(), now::get, this::note);
    }

    private synchronized void note(BudgetChange change) {
        written.add(change);
    }

    private static Client client(Budget daily, Budget monthly, OptionalLong perDay) {
        return new Client(
                new ClientId("alice"),
                Role.CLIENT,
                Optional.empty(),
                new Entitlement(
                        List.of(),
                        Set.of(),
                        new Limits(
                                OptionalInt.empty(),
                                OptionalLong.empty(),
                                perDay,
                                daily,
                                monthly)));
    }

    private static Client tokensADay(long cap) {
        return client(
                new Budget(OptionalLong.of(cap), Optional.empty()),
                Budget.NONE,
                OptionalLong.empty());
    }

    private static Client dollarsAMonth(String cap) {
        return client(
                Budget.NONE,
                new Budget(OptionalLong.empty(), Optional.of(new BigDecimal(cap))),
                OptionalLong.empty());
    }

    private static Amounts tokens(long tokens) {
        return new Amounts(0, tokens, 0);
    }

    private static Amounts dollars(long picodollars) {
        return new Amounts(0, 1, picodollars);
    }

    private Granted granted(Client client, Amounts amounts) {
        return assertInstanceOf(Granted.class, book.reserve(client, amounts));
    }

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
            for (int i = 0; i < 10_000; i++) {
                threads.execute(() -> {
                    if (book.reserve(alice, dollars(DOLLAR / 500)) instanceof Granted it) {
                        it.hold()
                                .settle(
                                        dollars(
                                                ThreadLocalRandom.current()
                                                        .nextLong(DOLLAR / 500)));
                    }
                });
            }
        }
        Amounts spent = book.views().getFirst().month().spent();
        assertTrue(spent.picodollars() <= DOLLAR, spent::toString);
        assertEquals(0, book.views().getFirst().month().reserved().picodollars());
    }

    @Test
    void aCleanStopKeepsTheTotalsExactly() {
        Client alice = tokensADay(1_000);
        granted(alice, tokens(400)).hold().settle(tokens(333));
        book.close();
        BudgetBook next = book();
        next.restore(written.stream());
        assertEquals(333, next.views().getFirst().day().spent().tokens());
    }

    @Test
    void aCrashForgetsNothingThatWasWrittenAheadAndInventsLittle() {
        Client alice = tokensADay(10_000);
        for (int i = 0; i < 50; i++) {
            granted(alice, tokens(100)).hold().settle(tokens(73));
        }
        BudgetBook next = book();
        next.restore(written.stream());
        long restored = next.views().getFirst().day().spent().tokens();
        assertTrue(restored >= 50 * 73, () -> "forgotten: " + restored);
        assertTrue(restored <= 50 * 73 + 3 * 101, () -> "invented: " + restored);
    }

    @Test
    void fewChangesAreWritten() {
        Client alice = tokensADay(1_000_000);
        for (int i = 0; i < 10_000; i++) {
            granted(alice, tokens(10)).hold().settle(tokens(10));
        }
        assertTrue(written.size() <= 12, () -> "lines: " + written.size());
    }

    @Test
    void totalsOfAPeriodThatIsOverAreNotTakenBack() {
        granted(tokensADay(1_000), tokens(400)).hold().settle(tokens(400));
        book.close();
        now.set(Instant.parse("2026-12-02T08:00:00Z"));
        BudgetBook next = book();
        next.restore(written.stream());
        AccountView view = next.views().getFirst();
        assertEquals(Amounts.ZERO, view.day().spent());
        assertEquals(Amounts.ZERO, view.month().spent());
    }

    @Test
    void aDamagedRecordRefusesClientsWithCapsUntilThePeriodIsOver() {
        book.distrust();
        Client alice = tokensADay(100);
        Unknown refused = assertInstanceOf(Unknown.class, book.reserve(alice, tokens(1)));
        assertEquals(Duration.ofHours(2), refused.retryAfter());
        granted(client(Budget.NONE, Budget.NONE, OptionalLong.empty()), tokens(1));
        now.set(Instant.parse("2026-11-22T00:00:00Z"));
        granted(alice, tokens(1));
        assertInstanceOf(
                Unknown.class,
                book.reserve(dollarsAMonth("1"), dollars(1)),
                "the month still is not known");
    }

    @Test
    void damageIsRememberedOverARestart() {
        granted(tokensADay(100), tokens(1));
        book.distrust();
        List<BudgetChange> kept = book.snapshot().toList();
        BudgetBook next = book();
        next.restore(kept.stream());
        assertInstanceOf(Unknown.class, next.reserve(tokensADay(100), tokens(1)));
        assertInstanceOf(
                Unknown.class,
                next.reserve(
                        new Client(
                                new ClientId("never seen"),
                                Role.CLIENT,
                                Optional.empty(),
                                tokensADay(5).entitlement()),
                        tokens(1)));
    }

    @Test
    void theOperatorResetsOneClientOrAll() {
        book.distrust();
        assertTrue(book.reset(new ClientId("alice")).isPresent());
        granted(tokensADay(100), tokens(100));
        Client bob =
                new Client(
                        new ClientId("bob"),
                        Role.CLIENT,
                        Optional.empty(),
                        tokensADay(5).entitlement());
        assertInstanceOf(Unknown.class, book.reserve(bob, tokens(1)));
        book.resetAll();
        granted(bob, tokens(1));
        granted(tokensADay(100), tokens(100));
        BudgetBook next = book();
        next.restore(written.stream());
        assertInstanceOf(Exceeded.class, next.reserve(tokensADay(100), tokens(1)));
    }

    @Test
    void anAccountOfAPastMonthIsNotKept() {
        granted(tokensADay(100), tokens(10)).hold().settle(tokens(10));
        assertEquals(1, book.snapshot().count());
        now.set(Instant.parse("2026-12-01T00:00:00Z"));
        assertEquals(0, book.snapshot().count());
        assertEquals(Stream.of().toList(), book.views());
        granted(tokensADay(100), tokens(100));
    }
}
