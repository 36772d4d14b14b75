package io.gemproxy.server.ratelimit.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.Limits;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The caps of a credential are made once, and anew where they are others. */
final class AccountTermsTest extends BudgetRig {
    private final Account account = new Account(dollarsAMonth("1").id(), now::get, null, _ -> 0L);

    @Test
    void theSameCapsAreNotConvertedForEachRequest() {
        Terms first = account.terms(limits("12.50"), OptionalLong.of(7));
        assertSame(first, account.terms(limits("12.50"), OptionalLong.of(7)));
        assertEquals(OptionalLong.of(12 * DOLLAR + DOLLAR / 2), first.monthly().picodollars());
    }

    @Test
    void otherCapsHoldAtOnce() {
        account.terms(limits("12.50"), OptionalLong.of(7));
        Terms dearer = account.terms(limits("13"), OptionalLong.of(7));
        assertEquals(OptionalLong.of(13 * DOLLAR), dearer.monthly().picodollars());
        Terms rarer = account.terms(limits("13"), OptionalLong.of(1));
        assertEquals(OptionalLong.of(1), rarer.daily().requests());
    }

    @Test
    void anotherDefaultHoldsFromTheNextRequestOn() {
        Client client = dollarsAMonth("1");
        book.reconfigure(OptionalLong.of(1));
        granted(client, Amounts.ONE_REQUEST);
        assertInstanceOf(BudgetDecision.Exceeded.class, book.reserve(client, Amounts.ONE_REQUEST));
        book.reconfigure(OptionalLong.of(2));
        granted(client, Amounts.ONE_REQUEST);
    }

    private static Limits limits(String dollars) {
        return dollarsAMonth(dollars).limits();
    }
}
