package io.gemproxy.server.proxy;

import io.gemproxy.server.authentication.TokenVerifier;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.gemini.ErrorScrubber;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.affinity.AffinityConfig;
import io.gemproxy.server.keys.affinity.AffinityDirectory;
import io.gemproxy.server.keys.affinity.ClientHomes;
import io.gemproxy.server.keys.affinity.UploadSessions;
import io.gemproxy.server.ratelimit.ClientRateLimiter;
import io.gemproxy.server.upstream.UpstreamClient;
import io.gemproxy.server.usage.Pricing;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The rooms a proxy is made of; {@link #handler} puts the steps in their order.
 *
 * @param verifier empty when authentication is switched off
 * @param limiter limits on clients
 * @param pool the keys
 * @param affinity where resources live
 * @param homes where a client's new resources go
 * @param affinityConfig what becomes of unknown names
 * @param caches where prompts are cached
 * @param sessions running uploads
 * @param upstream the way to Google
 * @param upstreamBase the origin of Google's addresses
 * @param firstByteTimeout the longest wait for an answer of Google's
 * @param publicUrl the origin clients reach this proxy at, if it differs from what it sees
 * @param scrubber takes keys and project numbers out of errors
 * @param pricing what answers cost
 * @param auditing false while the audit log blocks
 * @param maxBodyBytes largest body of a call
 * @param maxUploadBytes largest body of an upload request
 * @param departures notices clients that leave
 * @param clock wall clock
 * @param nanoTime monotonic clock
 */
public record ProxyAssembly(
        Optional<TokenVerifier> verifier,
        ClientRateLimiter limiter,
        KeyPool pool,
        AffinityDirectory affinity,
        ClientHomes homes,
        AffinityConfig affinityConfig,
        CacheAffinity caches,
        UploadSessions sessions,
        UpstreamClient upstream,
        URI upstreamBase,
        Duration firstByteTimeout,
        Optional<URI> publicUrl,
        ErrorScrubber scrubber,
        Pricing pricing,
        BooleanSupplier auditing,
        long maxBodyBytes,
        long maxUploadBytes,
        DepartureWatch departures,
        InstantSource clock,
        LongSupplier nanoTime) {
    /** Memory for second attempts, all requests together. */
    private static final long REPLAY_BYTES = 64L * 1024 * 1024;

    /** The handler of the proxy port. */
    public ProxyHandler handler(FinishedExchange.Listener listener) {
        Uploads uploads = new Uploads(sessions, upstreamBase);
        boolean tenants = verifier.isPresent();
        ResourceHomes resources =
                new ResourceHomes(
                        affinity, homes, affinityConfig.unknownResources(), tenants, clock);
        AnswerReading reading = new AnswerReading(affinity, clock);
        Attempts attempts = new Attempts(pool, new OneAttempt(upstream, scrubber), nanoTime);
        ProxySteps steps =
                new ProxySteps(
                        new Admission(auditing),
                        uploads,
                        new Doorkeeper(verifier),
                        new ClientLimits(limiter),
                        new BodyReader(
                                maxBodyBytes, maxUploadBytes, new ReplayBudget(REPLAY_BYTES)),
                        new Forwarding(firstByteTimeout),
                        caches,
                        resources,
                        new PlacedAttempts(
                                attempts, pool, new Listings(attempts, pool, affinity), reading),
                        new Answers(
                                attempts,
                                uploads,
                                reading,
                                new Redirects(upstreamBase),
                                new OwnOrigin(publicUrl),
                                scrubber,
                                new Accounting(pricing)),
                        departures);
        return new ProxyHandler(steps, listener, nanoTime);
    }
}
