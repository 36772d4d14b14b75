package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.ratelimit.budget.BudgetBook;
import io.gemproxy.server.ratelimit.budget.DayBook;
import java.util.List;
import java.util.Optional;

/** What clients have spent, and beginning it anew. */
final class BudgetEndpoints {
    private static final String ALL = "/api/budgets";

    private final BudgetBook budgets;
    private final DayBook days;

    BudgetEndpoints(BudgetBook budgets, DayBook days) {
        this.budgets = budgets;
        this.days = days;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.reading(ALL, Endpoint.Access.ADMIN, _ -> Optional.of(list())),
                Endpoint.acting(
                        ALL + "/reset",
                        "budget.reset_all",
                        _ -> {
                            budgets.resetAll();
                            days.reset();
                            return Optional.of(list());
                        }),
                Endpoint.acting(ALL + "/{id}/reset", "budget.reset", this::reset));
    }

    private Reply list() {
        return Reply.json(200, BudgetJson.of(budgets.views()));
    }

    private Optional<Reply> reset(Endpoint.Call call) {
        return Optional.of(
                budgets.reset(new ClientId(call.named("id")))
                        .map(account -> Reply.json(200, BudgetJson.Account.of(account)))
                        .orElseGet(() ->
                                Reply.missing(
                                        "No client of this name has spent anything of a budget;"
                                                + " GET /api/budgets names all that have.",
                                        call.id())));
    }
}
