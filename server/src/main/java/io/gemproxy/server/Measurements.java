package io.gemproxy.server;

import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.explanation.RequestHistory;
import io.gemproxy.server.gemini.Operation;
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
 * @param ofRequests are told of every request
 * @param ofCalls are told of requests for the Gemini API
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
        List<FinishedExchange.Listener> ofRequests,
        List<FinishedExchange.Listener> ofCalls)
        implements FinishedExchange.Listener, AutoCloseable {

    static Measurements create(GemproxyConfig config, PriceTable prices, Platform platform) {
        Meters meters = Meters.ofThisProcess();
        PerformanceWindow performance = new PerformanceWindow(platform.nanoTime());
        ErrorWindow errors = new ErrorWindow(platform.clock(), platform.nanoTime());
        RequestHistory requests = new RequestHistory();
        UsageLedger ledger = new UsageLedger(platform.clock());
        CacheSavings savings = new CacheSavings(prices);
        List<FinishedExchange.Listener> ofRequests = new ArrayList<>(List.of(errors, requests));
        List<FinishedExchange.Listener> ofCalls =
                new ArrayList<>(List.of(performance, ledger, savings));
        if (config.metrics().enabled()) {
            ofRequests.add(new RequestMetrics(meters));
        }
        if (config.metrics().enabled() && config.metrics().compatNames()) {
            ofRequests.add(new CompatMetrics(meters));
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
        telemetry.ifPresent(ofCalls::add);
        return new Measurements(
                meters,
                performance,
                errors,
                requests,
                ledger,
                savings,
                new ProcessFacts(),
                telemetry,
                List.copyOf(ofRequests),
                List.copyOf(ofCalls));
    }

    /** A token that is asked for is no call of the API: rates and traces are of those. */
    @Override
    public void finished(FinishedExchange exchange) {
        ofRequests.forEach(it -> it.finished(exchange));
        if (exchange.exchange().target().operation() != Operation.OAUTH_TOKEN) {
            ofCalls.forEach(it -> it.finished(exchange));
        }
    }

    @Override
    public void close() {
        telemetry.ifPresent(Telemetry::close);
        meters.close();
    }
}
