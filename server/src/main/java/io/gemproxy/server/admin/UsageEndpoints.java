package io.gemproxy.server.admin;

import io.gemproxy.server.admin.Endpoint.Access;
import io.gemproxy.server.admin.Endpoint.Call;
import io.gemproxy.server.usage.CacheSavings;
import io.gemproxy.server.usage.LedgerQuery;
import io.gemproxy.server.usage.LedgerQuery.Dimension;
import io.gemproxy.server.usage.UsageLedger;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /api/usage} and what caches saved of it. */
final class UsageEndpoints {
    private static final String DEFAULT_BY = "client,model";
    private static final int MOST_DAYS = 10_000;

    private final UsageLedger ledger;
    private final CacheSavings savings;
    private final InstantSource clock;

    UsageEndpoints(UsageLedger ledger, CacheSavings savings, InstantSource clock) {
        this.ledger = ledger;
        this.savings = savings;
        this.clock = clock;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.reading("/api/usage", Access.ADMIN, call -> Optional.of(usage(call))),
                Endpoint.reading(
                        "/api/usage/cache",
                        Access.ADMIN,
                        _ -> Optional.of(Reply.json(200, CacheSavingsJson.of(savings)))));
    }

    private Reply usage(Call call) {
        try {
            LedgerQuery query =
                    new LedgerQuery(
                            by(call.parameter("by").orElse(DEFAULT_BY)),
                            call.parameter("since").map(this::day),
                            call.parameter("until").map(this::day));
            return Reply.json(200, UsageJson.of(ledger.read(query), query, savings.pricesAsOf()));
        } catch (DateTimeException | IllegalArgumentException wrong) {
            return Reply.problem(
                    Problem.of(
                            Problem.Kind.INVALID,
                            "by: any of client, model, key, day, tier, separated by commas; since"
                                    + " and until: a day as 2026-11-21, or so many days ago as 7d.",
                            call.id()),
                    Map.of());
        }
    }

    private static List<Dimension> by(String words) {
        List<Dimension> by = new ArrayList<>();
        for (String word : words.split(",", -1)) {
            if (!words.isEmpty()) {
                by.add(
                        Dimension.of(word)
                                .filter(it -> !by.contains(it))
                                .orElseThrow(IllegalArgumentException::new));
            }
        }
        return List.copyOf(by);
    }

    private LocalDate day(String text) {
        if (text.matches("\\d{1,4}d")) {
            int days = Integer.parseInt(text.substring(0, text.length() - 1));
            return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                    .minusDays(Math.min(days, MOST_DAYS));
        }
        return LocalDate.parse(text);
    }
}
