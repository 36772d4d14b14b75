package io.gemproxy.server;

import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.explanation.RequestHistory;
import io.gemproxy.server.metrics.CompatMetrics;
import io.gemproxy.server.metrics.ErrorWindow;
import io.gemproxy.server.metrics.Meters;
import io.gemproxy.server.metrics.PerformanceWindow;
import io.gemproxy.server.metrics.ProcessFacts;
import io.gemproxy.server.metrics.RequestMetrics;
import io.gemproxy.server.telemetry.Telemetry;
import io.gemproxy.server.usage.CacheSavings;
import io.gemproxy.server.usage.PriceTable;
import io.gemproxy.server.usage.UsageLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is counted of each exchange.
 *
 * @param meters made of it
 * @param performance rates and percentiles
 * @param errors failures and their last examples
 * @param requests the last ones, to be explained
 * @param ledger what was used
 * @param savings what prompt caches saved each client
 * @param process the operating system's view
 * @param telemetry what a collector is told, if there is one
 * @param listeners all that are told of an exchange
 */
record Measurements(
        Meters meters,
        PerformanceWindow performance,
        ErrorWindow errors,
        RequestHistory requests,
        UsageLedger ledger,
        CacheSavings savings,
        ProcessFacts process,
        Optional<Telemetry> telemetry,
        List<FinishedExchange.Listener> listeners)
        implements FinishedExchange.Listener, AutoCloseable {

    static Measurements create(GemproxyConfig config, PriceTable prices, Platform platform) {
        Meters meters = Meters.ofThisProcess();
        PerformanceWindow performance = new PerformanceWindow(platform.nanoTime());
        ErrorWindow errors = new ErrorWindow(platform.clock(), platform.nanoTime());
        RequestHistory requests = new RequestHistory();
        UsageLedger ledger = new UsageLedger(platform.clock());
        CacheSavings savings = new CacheSavings(prices);
        List<FinishedExchange.Listener> listeners =
                new ArrayList<>(List.of(performance, errors, requests, ledger, savings));
        if (config.metrics().enabled()) {
            listeners.add(new RequestMetrics(meters));
        }
        if (config.metrics().enabled() && config.metrics().compatNames()) {
            listeners.add(new CompatMetrics(meters));
        }
        Optional<Telemetry> telemetry =
                config.telemetry()
                        .endpoint()
                        .map(collector ->
                                Telemetry.start(
                                        config.telemetry(),
                                        collector,
                                        Version.number(),
                                        config.upstream().baseUrl()));
        telemetry.ifPresent(listeners::add);
        return new Measurements(
                meters,
                performance,
                errors,
                requests,
                ledger,
                savings,
                new ProcessFacts(),
                telemetry,
                List.copyOf(listeners));
    }

    @Override
    public void finished(FinishedExchange exchange) {
        for (FinishedExchange.Listener listener : listeners) {
            listener.finished(exchange);
        }
    }

    @Override
    public void close() {
        telemetry.ifPresent(Telemetry::close);
        meters.close();
    }
}
