package io.gemproxy.server.usage;

import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.gemini.TokenUsage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** Adds up by client what prompt caches saved since the start. Safe for use by many threads. */
public final class CacheSavings implements FinishedExchange.Listener {
    /** Stands for all clients beyond the bound. */
    public static final String OTHERS = "(others)";

    private static final int MOST_CLIENTS = 1_000;
    private static final int PICODOLLARS = 12;
    private static final int SHOWN = 6;

    private final PriceTable prices;
    private final ConcurrentMap<String, Sums> clients = new ConcurrentHashMap<>();

    public CacheSavings(PriceTable prices) {
        this.prices = prices;
    }

    /** The day the prices are of, with a mark if the operator gave some. */
    public String pricesAsOf() {
        return prices.version();
    }

    @Override
    public void finished(FinishedExchange exchange) {
        if (exchange.tokens().isPresent() && exchange.client().isPresent()) {
            TokenUsage tokens = exchange.tokens().get();
            Sums sums = sums(exchange.client().get());
            sums.requests.increment();
            sums.prompt.add(tokens.prompt());
            if (tokens.cached() > 0) {
                cached(sums, tokens, exchange);
            }
        }
    }

    /** Each client that had token counts, by name. */
    public List<CacheSaving> read() {
        return clients.entrySet().stream()
                .map(client -> client.getValue().as(client.getKey()))
                .sorted(Comparator.comparing(CacheSaving::client))
                .toList();
    }

    /** US dollars saved for all clients. */
    public double savedUsd() {
        return clients.values().stream()
                .map(Sums::savedUsd)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .doubleValue();
    }

    private void cached(Sums sums, TokenUsage tokens, FinishedExchange exchange) {
        sums.cached.add(tokens.cached());
        OptionalLong saved = prices.saved(exchange.exchange(), tokens);
        if (saved.isPresent()) {
            sums.saved.add(saved.getAsLong());
        } else {
            sums.unpriced.add(tokens.cached());
        }
    }

    private Sums sums(ClientId client) {
        Sums known = clients.get(client.value());
        if (known != null) {
            return known;
        }
        String name = clients.size() < MOST_CLIENTS ? client.value() : OTHERS;
        return clients.computeIfAbsent(name, _ -> new Sums());
    }

    /** The counts of one client. */
    private static final class Sums {
        private final LongAdder requests = new LongAdder();
        private final LongAdder prompt = new LongAdder();
        private final LongAdder cached = new LongAdder();
        private final LongAdder unpriced = new LongAdder();
        private final LongAdder saved = new LongAdder();

        CacheSaving as(String client) {
            return new CacheSaving(
                    client,
                    requests.sum(),
                    prompt.sum(),
                    cached.sum(),
                    unpriced.sum(),
                    savedUsd().setScale(SHOWN, RoundingMode.HALF_EVEN));
        }

        BigDecimal savedUsd() {
            return BigDecimal.valueOf(saved.sum(), PICODOLLARS);
        }
    }
}
