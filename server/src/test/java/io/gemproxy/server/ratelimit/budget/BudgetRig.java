package io.gemproxy.server.ratelimit.budget;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gemproxy.server.exchange.Budget;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Entitlement;
import io.gemproxy.server.exchange.Limits;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.ratelimit.RateLimitConfig.Rates;
import io.gemproxy.server.ratelimit.budget.BudgetDecision.Granted;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** A book of budgets, a clock to turn and one client, alice. */
abstract class BudgetRig {
    static final long DOLLAR = 1_000_000_000_000L;

    final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-21T22:00:00Z"));
    final List<BudgetChange> written = new ArrayList<>();
    final BudgetBook book = book();

    final BudgetBook book() {
        return new BudgetBook(Rates.NONE, now::get, this::note);
    }

    private synchronized long note(BudgetChange change) {
        written.add(change);
        return written.size();
    }

    static Client client(Budget daily, Budget monthly, OptionalLong perDay) {
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

    static Client tokensADay(long cap) {
        return client(
                new Budget(OptionalLong.of(cap), Optional.empty()),
                Budget.NONE,
                OptionalLong.empty());
    }

    static Client dollarsAMonth(String cap) {
        return client(
                Budget.NONE,
                new Budget(OptionalLong.empty(), Optional.of(new BigDecimal(cap))),
                OptionalLong.empty());
    }

    static Amounts tokens(long tokens) {
        return new Amounts(0, tokens, 0);
    }

    static Amounts dollars(long picodollars) {
        return new Amounts(0, 1, picodollars);
    }

    final Granted granted(Client client, Amounts amounts) {
        return assertInstanceOf(Granted.class, book.reserve(client, amounts));
    }
}
