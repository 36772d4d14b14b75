package io.gemproxy.server.ratelimit.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.Budget;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.LimitPolicy;
import io.gemproxy.server.exchange.Limits;
import io.gemproxy.server.ratelimit.RateLimitConfig.Rates;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The caps of a credential are made once, and anew where they are others. */
final class AccountTermsTest extends BudgetRig {
    private final Account account = new Account(dollarsAMonth("1").id(), now::get, null, _ -> 0L);

    @Test
    void theSameCapsAreNotConvertedForEachRequest() {
        Terms first = account.terms(limits("12.50"), requests(7));
        assertSame(first, account.terms(limits("12.50"), requests(7)));
        assertEquals(OptionalLong.of(12 * DOLLAR + DOLLAR / 2), first.monthly().picodollars());
    }

    @Test
    void otherCapsHoldAtOnce() {
        account.terms(limits("12.50"), requests(7));
        Terms dearer = account.terms(limits("13"), requests(7));
        assertEquals(OptionalLong.of(13 * DOLLAR), dearer.monthly().picodollars());
        Terms rarer = account.terms(limits("13"), requests(1));
        assertEquals(OptionalLong.of(1), rarer.daily().requests());
    }

    @Test
    void anotherDefaultHoldsFromTheNextRequestOn() {
        Client client = dollarsAMonth("1");
        book.reconfigure(requests(1));
        granted(client, Amounts.ONE_REQUEST);
        assertInstanceOf(BudgetDecision.Exceeded.class, book.reserve(client, Amounts.ONE_REQUEST));
        book.reconfigure(requests(2));
        granted(client, Amounts.ONE_REQUEST);
    }

    @Test
    void aDefaultOfTokensHoldsForClientsWithoutOneOfTheirOwn() {
        book.reconfigure(Rates.ofDay(OptionalLong.empty(), OptionalLong.of(50)));
        Client any = client(Budget.NONE, Budget.NONE, OptionalLong.empty());
        assertTrue(book.counts(any));
        granted(any, tokens(50));
        BudgetDecision.Exceeded refused =
                assertInstanceOf(BudgetDecision.Exceeded.class, book.reserve(any, tokens(1)));
        assertEquals(LimitPolicy.DAILY_TOKENS, refused.allowance().policy());
        assertInstanceOf(BudgetDecision.Granted.class, book.reserve(tokensADay(90), tokens(40)));
    }

    private static Rates requests(long perDay) {
        return Rates.ofDay(OptionalLong.of(perDay), OptionalLong.empty());
    }

    private static Limits limits(String dollars) {
        return dollarsAMonth(dollars).limits();
    }
}
