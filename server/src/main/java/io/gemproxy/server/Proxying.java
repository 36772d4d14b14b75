package io.gemproxy.server;

import io.gemproxy.server.audit.AuditLog;
import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.OutgoingTrace;
import io.gemproxy.server.gemini.ErrorScrubber;
import io.gemproxy.server.gemini.GeminiTargets;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.affinity.ClientHomes;
import io.gemproxy.server.listener.ListenerFailed;
import io.gemproxy.server.listener.ProxyListener;
import io.gemproxy.server.listener.RedirectConfig;
import io.gemproxy.server.listener.RedirectListener;
import io.gemproxy.server.listener.RequestIds;
import io.gemproxy.server.listener.certificates.Challenges;
import io.gemproxy.server.listener.certificates.acme.RenewalLoop;
import io.gemproxy.server.probing.KeyTests;
import io.gemproxy.server.probing.Ladder;
import io.gemproxy.server.probing.ProbeRounds;
import io.gemproxy.server.probing.Prober;
import io.gemproxy.server.proxy.CacheAffinity;
import io.gemproxy.server.proxy.DepartureWatch;
import io.gemproxy.server.proxy.ExchangeHandler;
import io.gemproxy.server.proxy.ProxyAssembly;
import io.gemproxy.server.proxy.ProxyHandler;
import io.gemproxy.server.proxy.ServedPaths;
import io.gemproxy.server.proxy.TokenEndpoint;
import io.gemproxy.server.ratelimit.RateLimiter;
import io.gemproxy.server.telemetry.Telemetry;
import io.gemproxy.server.upstream.ApacheUpstreamClient;
import io.gemproxy.server.upstream.OwnQuestions;
import io.gemproxy.server.upstream.UpstreamClient;
import io.gemproxy.server.usage.PriceTable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The rooms of the proxy port, wired.
 *
 * @param listener the port
 * @param handler the way of a request
 * @param scrubber takes pooled keys out of what is said
 * @param pool the keys
 * @param homes where a client's new resources go
 * @param upstream the way to Google
 * @param limiter limits of a minute
 * @param prices of models
 * @param kept what survives a restart
 * @param keyTests tests keys on demand
 * @param measurements what is counted
 * @param callers who may call
 * @param certificates of both ports
 * @param certificateRecords tells what becomes of them
 * @param challenges what certificate authorities are answered
 * @param redirect the port of plain HTTP, if there is one
 * @param renewals orders them, if they are to come from ACME
 * @param ids names requests of both ports
 * @param draining true once the server is on its way out
 */
record Proxying(
        ProxyListener listener,
        ProxyHandler handler,
        ErrorScrubber scrubber,
        KeyPool pool,
        ClientHomes homes,
        ApacheUpstreamClient upstream,
        RateLimiter limiter,
        PriceTable prices,
        Kept kept,
        KeyTests keyTests,
        Measurements measurements,
        Callers callers,
        ServedCertificates certificates,
        CertificateRecords certificateRecords,
        Challenges challenges,
        Optional<RedirectListener> redirect,
        Optional<RenewalLoop> renewals,
        RequestIds ids,
        AtomicBoolean draining) {
    private static final System.Logger LOG = System.getLogger(Proxying.class.getName());

    static Proxying assemble(
            GemproxyConfig config,
            ErrorScrubber scrubber,
            AuditLog audit,
            Platform platform,
            Closing closing)
            throws IOException, ListenerFailed {
        KeyPool pool =
                new KeyPool(
                        config.keys(),
                        platform.clock(),
                        platform.nanoTime(),
                        new KeyChanges(audit, platform.clock()));
        PriceTable prices = new PriceTable(config.usage().prices());
        Measurements measurements = closing.later(Measurements.create(config, prices, platform));
        Kept kept = Kept.open(config, pool, measurements.ledger(), platform, closing);
        Callers callers = Callers.open(config, audit, platform, closing);
        ApacheUpstreamClient upstream =
                closing.later(ApacheUpstreamClient.create(config.upstream(), platform.nanoTime()));
        KeyTests keyTests = probing(pool, upstream, platform, closing);
        ClientHomes homes = ClientHomes.of(config.keys());
        RateLimiter limiter = new RateLimiter(config.rateLimit(), platform.nanoTime());
        ProxyAssembly assembly =
                new ProxyAssembly(
                        callers.ofClients(config),
                        limiter,
                        kept.budgets(),
                        kept.days(),
                        pool,
                        kept.affinity(),
                        kept.signatures(),
                        kept.inputs(),
                        homes,
                        config.affinity(),
                        new CacheAffinity(
                                config.cacheAffinity(), platform.random(), platform.nanoTime()),
                        kept.uploads(),
                        upstream,
                        config.upstream().baseUrl(),
                        () -> upstream.config().firstByteTimeout(),
                        config.server().publicUrl(),
                        measurements
                                .telemetry()
                                .map(Telemetry::outgoing)
                                .orElse(OutgoingTrace.AS_IT_CAME),
                        measurements.telemetry().isPresent(),
                        scrubber,
                        prices,
                        kept.receipts(),
                        audit::accepting,
                        config.server().maxRequestBodyBytes(),
                        config.server().maxUploadBytes(),
                        closing.later(new DepartureWatch()),
                        platform.random(),
                        platform.clock(),
                        platform.nanoTime());
        FinishedExchange.Listener told =
                exchange -> {
                    measurements.finished(exchange);
                    audit.finished(exchange);
                };
        ProxyHandler handler = assembly.handler(told);
        RequestIds ids = new RequestIds(platform.clock(), platform.random());
        OrderedCertificates.recover(config);
        ServedCertificates certificates = ServedCertificates.open(config, platform);
        Challenges challenges = Challenges.none();
        AtomicBoolean draining = new AtomicBoolean();
        ProxyListener listener =
                closing.later(
                        ProxyListener.start(
                                config.server(),
                                certificates.proxy().map(it -> it.sslContext(challenges.alpn())),
                                GeminiTargets::parse,
                                new ServedPaths(
                                        handler,
                                        ownPaths(
                                                config, callers, limiter, kept, audit, told,
                                                platform)),
                                () -> pool.anyUsable() && audit.accepting() && !draining.get(),
                                ids,
                                refused -> {
                                    measurements.finished(refused);
                                    audit.refused(refused);
                                },
                                platform.clock(),
                                platform.nanoTime()));
        Optional<RedirectListener> redirect =
                redirect(config, certificates, challenges, listener, ids, platform);
        redirect.ifPresent(closing::later);
        Optional<RenewalLoop> renewals =
                OrderedCertificates.start(config, certificates, challenges, audit, platform);
        renewals.ifPresent(closing::later);
        return new Proxying(
                listener,
                handler,
                scrubber,
                pool,
                homes,
                upstream,
                limiter,
                prices,
                kept,
                keyTests,
                measurements,
                callers,
                certificates,
                new CertificateRecords(audit, platform.clock()),
                challenges,
                redirect,
                renewals,
                ids,
                draining);
    }

    /** One that was not asked for does not keep the server from starting. */
    private static Optional<RedirectListener> redirect(
            GemproxyConfig config,
            ServedCertificates certificates,
            Challenges challenges,
            ProxyListener listener,
            RequestIds ids,
            Platform platform)
            throws ListenerFailed {
        RedirectConfig wanted = config.server().redirect();
        if (!wanted.enabled() || certificates.proxy().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    RedirectListener.start(
                            config.server(),
                            certificates.proxy().get(),
                            challenges.http(),
                            listener::port,
                            ids::next,
                            platform.nanoTime()));
        } catch (ListenerFailed taken) {
            if (wanted.asked()) {
                throw taken;
            }
            LOG.log(
                    Level.WARNING,
                    "no authority can check this server''s names by http-01: {0}",
                    taken.getMessage());
            return Optional.empty();
        }
    }

    /** There is nothing to ask a token of while no client has a secret. */
    private static Supplier<Map<String, ExchangeHandler>> ownPaths(
            GemproxyConfig config,
            Callers callers,
            RateLimiter limiter,
            Kept kept,
            AuditLog audit,
            FinishedExchange.Listener told,
            Platform platform) {
        if (!config.authentication().enabled()) {
            return Map::of;
        }
        Map<String, ExchangeHandler> grants =
                Map.of(
                        TokenEndpoint.PATH,
                        new TokenEndpoint(
                                callers.trust().grants(config, platform),
                                limiter,
                                kept.days(),
                                audit::accepting,
                                audit::record,
                                told,
                                platform.clock(),
                                platform.nanoTime()));
        return () -> callers.trust().declared().anyWithSecret() ? grants : Map.of();
    }

    private static KeyTests probing(
            KeyPool pool, UpstreamClient upstream, Platform platform, Closing closing) {
        PoolUnderProbe keys = new PoolUnderProbe(pool);
        Ladder ladder =
                new Ladder(
                        new QuestionsToGoogle(new OwnQuestions(upstream), pool),
                        platform.nanoTime());
        closing.later(
                Prober.start(new ProbeRounds(keys, ladder, platform.random()), platform.random()));
        return new KeyTests(keys, ladder, platform.clock());
    }
}
