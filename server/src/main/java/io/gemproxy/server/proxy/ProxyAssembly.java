package io.gemproxy.server.proxy;

import io.gemproxy.server.authentication.clients.ClientAuthentication;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.OutgoingTrace;
import io.gemproxy.server.gemini.ErrorScrubber;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.affinity.AffinityConfig;
import io.gemproxy.server.keys.affinity.AffinityDirectory;
import io.gemproxy.server.keys.affinity.ClientHomes;
import io.gemproxy.server.keys.affinity.UploadSessions;
import io.gemproxy.server.ratelimit.RateLimiter;
import io.gemproxy.server.ratelimit.budget.BudgetBook;
import io.gemproxy.server.ratelimit.budget.DayBook;
import io.gemproxy.server.upstream.UpstreamClient;
import io.gemproxy.server.usage.AnswerWatch;
import io.gemproxy.server.usage.BatchReceipts;
import io.gemproxy.server.usage.Pricing;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The rooms a proxy is made of; {@link #handler} puts the steps in their order.
 *
 * @param authentication empty when it is switched off
 * @param limiter limits of a minute
 * @param budgets limits of a day and a month on clients
 * @param days limits of a day on addresses and on all clients
 * @param pool the keys
 * @param affinity where resources live
 * @param signatures which projects thought signatures came from
 * @param inputs files that may be the input of a batch
 * @param homes where a client's new resources go
 * @param affinityConfig what becomes of unknown names
 * @param caches where prompts are cached
 * @param sessions running uploads
 * @param upstream the way to Google
 * @param upstreamBase the origin of Google's addresses
 * @param firstByteTimeout the longest wait for an answer of Google's, as it is in effect
 * @param publicUrl the origin clients reach this proxy at, if it differs from what it sees
 * @param traces what Google is told of traces
 * @param watched whether anybody is told which model answered and how fast
 * @param scrubber takes keys and project numbers out of errors
 * @param pricing what answers cost
 * @param receipts what was counted of batches
 * @param auditing false while the audit log blocks
 * @param maxBodyBytes largest body of a call
 * @param maxUploadBytes largest body of an upload request
 * @param departures notices clients that leave
 * @param random spreads retries in time
 * @param clock wall clock
 * @param nanoTime monotonic clock
 */
public record ProxyAssembly(
        Optional<ClientAuthentication> authentication,
        RateLimiter limiter,
        BudgetBook budgets,
        DayBook days,
        KeyPool pool,
        AffinityDirectory affinity,
        AffinityDirectory signatures,
        AffinityDirectory inputs,
        ClientHomes homes,
        AffinityConfig affinityConfig,
        CacheAffinity caches,
        UploadSessions sessions,
        UpstreamClient upstream,
        URI upstreamBase,
        Supplier<Duration> firstByteTimeout,
        Optional<URI> publicUrl,
        OutgoingTrace traces,
        boolean watched,
        ErrorScrubber scrubber,
        Pricing pricing,
        BatchReceipts receipts,
        BooleanSupplier auditing,
        long maxBodyBytes,
        long maxUploadBytes,
        DepartureWatch departures,
        RandomGenerator random,
        InstantSource clock,
        LongSupplier nanoTime) {
    /** Memory for second attempts, all requests together. */
    private static final long REPLAY_BYTES = 64L * 1024 * 1024;

    private Optional<AnswerWatch> watch() {
        return watched ? Optional.of(new AnswerWatch(nanoTime)) : Optional.empty();
    }

    /** The handler of the proxy port. */
    public ProxyHandler handler(FinishedExchange.Listener listener) {
        Uploads uploads = new Uploads(sessions, upstreamBase);
        boolean tenants = authentication.isPresent();
        ThoughtHomes thoughts = new ThoughtHomes(signatures, () -> homes.size() > 1, clock);
        NamedFiles files = new NamedFiles(affinity);
        BatchInputs batchInputs = new BatchInputs(inputs, affinity, tenants, clock, nanoTime);
        ResourceHomes resources =
                new ResourceHomes(
                        affinity,
                        homes,
                        thoughts,
                        batchInputs,
                        affinityConfig.unknownResources(),
                        tenants,
                        clock);
        AnswerReading reading = new AnswerReading(affinity, thoughts, batchInputs, clock);
        Attempts attempts =
                new Attempts(
                        pool,
                        new OneAttempt(upstream, scrubber),
                        traces,
                        new ErrorExcerpts(scrubber),
                        RetryPause.inRealTime(random),
                        nanoTime);
        ProxySteps steps =
                new ProxySteps(
                        new Admission(auditing),
                        uploads,
                        new Doorkeeper(authentication),
                        new ClientLimits(limiter, budgets, days, new Charge(pricing, files)),
                        new BodyReader(
                                maxBodyBytes, maxUploadBytes, new ReplayBudget(REPLAY_BYTES)),
                        new Forwarding(firstByteTimeout),
                        caches,
                        resources,
                        batchInputs,
                        new PlacedAttempts(
                                attempts, pool, new Listings(attempts, pool, affinity), reading),
                        new Answers(
                                attempts,
                                uploads,
                                reading,
                                new Redirects(upstreamBase),
                                new OwnOrigin(publicUrl),
                                scrubber,
                                new Accounting(pricing, receipts, files, this::watch)),
                        departures);
        return new ProxyHandler(steps, listener, nanoTime);
    }
}
