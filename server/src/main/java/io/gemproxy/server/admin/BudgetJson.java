package io.gemproxy.server.admin;

import io.gemproxy.server.ratelimit.budget.AccountView;
import io.gemproxy.server.ratelimit.budget.Amounts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Bodies of {@code /api/budgets}. */
record BudgetJson(List<Account> clients) {
    private static final int PICODOLLARS = 12;

    static BudgetJson of(List<AccountView> accounts) {
        return new BudgetJson(accounts.stream().map(Account::of).toList());
    }

    /** One client's account. */
    record Account(String client, Period day, Period month) {
        static Account of(AccountView view) {
            return new Account(
                    view.client().value(), Period.of(view.day()), Period.of(view.month()));
        }
    }

    /** A day or a month of UTC; {@code known} is false where the record of it was damaged. */
    record Period(Instant start, Instant end, boolean known, Sum spent, Sum reserved) {
        static Period of(AccountView.Period period) {
            return new Period(
                    period.start(),
                    period.end(),
                    period.known(),
                    Sum.of(period.spent()),
                    Sum.of(period.reserved()));
        }
    }

    /** What was taken. */
    record Sum(long requests, long tokens, BigDecimal usd) {
        static Sum of(Amounts amounts) {
            return new Sum(
                    amounts.requests(),
                    amounts.tokens(),
                    BigDecimal.valueOf(amounts.picodollars(), PICODOLLARS));
        }
    }
}
