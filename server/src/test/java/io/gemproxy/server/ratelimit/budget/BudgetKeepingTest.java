package io.gemproxy.server.ratelimit.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.Budget;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.ratelimit.budget.BudgetDecision.Exceeded;
import io.gemproxy.server.ratelimit.budget.BudgetDecision.Granted;
import io.gemproxy.server.ratelimit.budget.BudgetDecision.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What survives a stop, a crash, damage and an operator. */
class BudgetKeepingTest extends BudgetRig {
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
        granted(tokensADay(100), tokens(100)).hold().settle(tokens(100));
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
    void aResetGivesRequestsThatRunNoCredit() {
        Client alice = tokensADay(100);
        Granted running = granted(alice, tokens(60));
        book.reset(new ClientId("alice"));
        assertInstanceOf(Exceeded.class, book.reserve(alice, tokens(50)), "it still runs");
        running.hold().settle(tokens(10));
        granted(alice, tokens(90));
        assertInstanceOf(Exceeded.class, book.reserve(alice, tokens(1)));
    }

    @Test
    void whatWasHeldBeforeTheClockWentBackIsNotGivenBackAfterAReset() {
        Client alice = tokensADay(100);
        Granted before = granted(alice, tokens(60));
        now.set(Instant.parse("2026-11-23T12:00:00Z"));
        granted(alice, tokens(10));
        now.set(Instant.parse("2026-11-21T23:00:00Z"));
        book.reset(new ClientId("alice"));
        before.hold().settle(tokens(0));
        granted(alice, tokens(100));
        assertInstanceOf(Exceeded.class, book.reserve(alice, tokens(1)));
    }

    @Test
    void whatWasNeverReservedIsSpentAndMayGoBeyondTheCap() {
        Client alice = tokensADay(100);
        granted(alice, tokens(60)).hold().settle(tokens(60));
        book.spend(alice, tokens(70));
        assertEquals(130, book.views().getFirst().day().spent().tokens());
        assertInstanceOf(Exceeded.class, book.reserve(alice, tokens(1)));
        BudgetBook next = book();
        next.restore(written.stream());
        assertTrue(next.views().getFirst().day().spent().tokens() >= 130, "a crash forgets it");
        book.spend(client(Budget.NONE, Budget.NONE, OptionalLong.empty()), tokens(5));
        assertEquals(130, book.views().getFirst().day().spent().tokens());
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
