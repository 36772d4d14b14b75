package io.gemproxy.server.usage;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.usage.LedgerReport.Row;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * Adds up what was used, by client, model, key, tier and day: the same sums as over the audit
 * records of requests that went to Google. Safe for use by many threads.
 */
public final class UsageLedger implements FinishedExchange.Listener {
    /** How long a day is remembered. */
    public static final Period KEPT = Period.ofDays(400);

    /** Distinct entries before clients and models are added up as others. */
    public static final int MOST_ENTRIES = 50_000;

    /** Rows in one report. */
    public static final int MOST_ROWS = 10_000;

    private static final int PICO = 12;

    private final InstantSource clock;
    private final int most;
    private final ConcurrentMap<LedgerKey, LedgerSums> entries = new ConcurrentHashMap<>();
    private final Set<LedgerKey> changed = ConcurrentHashMap.newKeySet();

    /** Nothing was used yet. */
    public UsageLedger(InstantSource clock) {
        this(clock, MOST_ENTRIES);
    }

    UsageLedger(InstantSource clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    @Override
    public void finished(FinishedExchange exchange) {
        if (exchange.attempts().isEmpty()) {
            return;
        }
        LedgerKey wanted = LedgerKey.of(exchange);
        LedgerKey key =
                entries.size() < most || entries.containsKey(wanted) ? wanted : wanted.ofOthers();
        entries.merge(key, LedgerSums.of(exchange), LedgerSums::plus);
        changed.add(key);
    }

    /** Adds up what a query asks for. */
    public LedgerReport read(LedgerQuery query) {
        Map<List<String>, LedgerSums> rows = new HashMap<>();
        Map<List<String>, BigDecimal> costs = new HashMap<>();
        LedgerSums total = LedgerSums.NOTHING;
        BigDecimal cost = BigDecimal.ZERO;
        for (Map.Entry<LedgerKey, LedgerSums> entry : entries.entrySet()) {
            if (query.covers(entry.getKey())) {
                List<String> row = query.row(entry.getKey());
                BigDecimal usd = BigDecimal.valueOf(entry.getValue().picodollars(), PICO);
                rows.merge(row, entry.getValue(), LedgerSums::plus);
                costs.merge(row, usd, BigDecimal::add);
                total = total.plus(entry.getValue());
                cost = cost.add(usd);
            }
        }
        List<Row> sorted = new ArrayList<>();
        rows.forEach((names, sums) ->
                sorted.add(
                        new Row(
                                names,
                                sums,
                                Cost.usd(costs.getOrDefault(names, BigDecimal.ZERO)))));
        sorted.sort(Comparator.comparing(row -> String.join("\0", row.names())));
        return new LedgerReport(
                List.copyOf(sorted.subList(0, Math.min(MOST_ROWS, sorted.size()))),
                sorted.size() > MOST_ROWS,
                new Row(List.of(), total, Cost.usd(cost)));
    }

    /** All that is known, for a new start of the journal; days that are too old are forgotten. */
    public Stream<LedgerEntry> entries() {
        LocalDate oldest = oldest();
        entries.keySet().removeIf(key -> key.day().isBefore(oldest));
        return entries.entrySet().stream().map(it -> new LedgerEntry(it.getKey(), it.getValue()));
    }

    /** What has changed since the last call, each entry as it is now. */
    public List<LedgerEntry> changes() {
        List<LedgerEntry> now = new ArrayList<>();
        for (LedgerKey key : List.copyOf(changed)) {
            changed.remove(key);
            LedgerSums sums = entries.get(key);
            if (sums != null) {
                now.add(new LedgerEntry(key, sums));
            }
        }
        return now;
    }

    /** Takes back the entries of earlier processes; later ones win. */
    public void restore(Stream<LedgerEntry> earlier) {
        LocalDate oldest = oldest();
        earlier.filter(entry -> !entry.key().day().isBefore(oldest))
                .forEach(entry -> entries.put(entry.key(), entry.sums()));
    }

    private LocalDate oldest() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minus(KEPT);
    }
}
