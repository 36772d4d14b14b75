package io.gemproxy.server.proxy;

import io.gemproxy.server.authentication.TokenVerifier;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.gemini.ErrorScrubber;
import io.gemproxy.server.keys.AffinityDirectory;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.UploadSessions;
import io.gemproxy.server.ratelimit.ClientRateLimiter;
import io.gemproxy.server.upstream.UpstreamClient;

import java.net.URI;
import java.time.Duration;
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
 * @param caches where prompts are cached
 * @param sessions running uploads
 * @param upstream the way to Google
 * @param upstreamBase the origin of Google's addresses
 * @param firstByteTimeout the longest wait for an answer of Google's
 * @param scrubber takes keys and project numbers out of errors
 * @param auditing false while the audit log blocks
 * @param maxBodyBytes largest body of a call
 * @param maxUploadBytes largest body of an upload request
 * @param departures notices clients that leave
 * @param nanoTime monotonic clock
 */
public record ProxyAssembly(
        Optional<TokenVerifier> verifier,
        ClientRateLimiter limiter,
        KeyPool pool,
        AffinityDirectory affinity,
        CacheAffinity caches,
        UploadSessions sessions,
        UpstreamClient upstream,
        URI upstreamBase,
        Duration firstByteTimeout,
        ErrorScrubber scrubber,
        BooleanSupplier auditing,
        long maxBodyBytes,
        long maxUploadBytes,
        DepartureWatch departures,
        LongSupplier nanoTime) {
    /** Memory for second attempts, all requests together. */
    private static final long REPLAY_BYTES = 64L * 1024 * 1024;

    /** The handler of the proxy port. */
    public ProxyHandler handler(FinishedExchange.Listener listener) {
        Uploads uploads = new Uploads(sessions, upstreamBase);
        ResourceHomes homes = new ResourceHomes(affinity);
        Attempts attempts = new Attempts(pool, new OneAttempt(upstream, scrubber), nanoTime);
        ProxySteps steps =
                new ProxySteps(
                        new Admission(auditing),
                        uploads,
                        new Doorkeeper(verifier),
                        new ClientLimits(limiter),
                        new BodyReader(
                                maxBodyBytes, maxUploadBytes, new ReplayBudget(REPLAY_BYTES)),
                        new Forwarding(homes, firstByteTimeout),
                        caches,
                        attempts,
                        new Answers(
                                attempts, uploads, homes, new Redirects(upstreamBase), scrubber),
                        departures);
        return new ProxyHandler(steps, listener, nanoTime);
    }
}
