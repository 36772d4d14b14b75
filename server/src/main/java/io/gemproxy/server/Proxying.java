package io.gemproxy.server;

import io.gemproxy.server.audit.AuditLog;
import io.gemproxy.server.authentication.AuthenticationConfig;
import io.gemproxy.server.authentication.RevocationCheck;
import io.gemproxy.server.authentication.TokenVerifier;
import io.gemproxy.server.authentication.TrustedIssuers;
import io.gemproxy.server.authentication.clients.ClientAuthentication;
import io.gemproxy.server.authentication.sessions.AdminSessions;
import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.OutgoingTrace;
import io.gemproxy.server.gemini.ErrorScrubber;
import io.gemproxy.server.gemini.GeminiTargets;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.affinity.AffinityDirectory;
import io.gemproxy.server.keys.affinity.AffinityLimits;
import io.gemproxy.server.keys.affinity.ClientHomes;
import io.gemproxy.server.keys.affinity.UploadSessions;
import io.gemproxy.server.listener.ListenerFailed;
import io.gemproxy.server.listener.ProxyListener;
import io.gemproxy.server.listener.RequestIds;
import io.gemproxy.server.listener.certificates.ServerCertificates;
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
import io.gemproxy.server.ratelimit.budget.BudgetBook;
import io.gemproxy.server.state.Changes;
import io.gemproxy.server.state.StateKeeper;
import io.gemproxy.server.telemetry.Telemetry;
import io.gemproxy.server.upstream.ApacheUpstreamClient;
import io.gemproxy.server.upstream.OwnQuestions;
import io.gemproxy.server.upstream.UpstreamClient;
import io.gemproxy.server.usage.BatchReceipts;
import io.gemproxy.server.usage.PriceTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The rooms of the proxy port, wired.
 *
 * @param listener the port
 * @param handler the way of a request
 * @param pool the keys
 * @param budgets what clients have spent
 * @param state writes what must survive a restart
 * @param keyTests tests them on demand
 * @param measurements what is counted
 * @param verifier judges tokens of clients and admins, if a signing secret is configured
 * @param trust who is trusted and by what
 * @param sessions who is logged in
 * @param certificates of the port, if it speaks TLS
 * @param ids names requests of both ports
 * @param draining true once the server is on its way out
 */
record Proxying(
        ProxyListener listener,
        ProxyHandler handler,
        KeyPool pool,
        BudgetBook budgets,
        StateKeeper state,
        KeyTests keyTests,
        Measurements measurements,
        TokenVerifier verifier,
        Trust trust,
        AdminSessions sessions,
        Optional<ServerCertificates> certificates,
        RequestIds ids,
        AtomicBoolean draining) {

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
        Changes<AffinityLine> affinityChanges = new Changes<>();
        AffinityDirectory affinity =
                new AffinityDirectory(
                        AffinityLimits.USUAL,
                        platform.clock(),
                        change -> affinityChanges.accept(AffinityLine.of(change)));
        Changes<AffinityLine> signatureChanges = new Changes<>();
        AffinityDirectory signatures =
                new AffinityDirectory(
                        AffinityLimits.SIGNATURES,
                        platform.clock(),
                        change -> signatureChanges.accept(AffinityLine.of(change)));
        Changes<AffinityLine> inputChanges = new Changes<>();
        AffinityDirectory inputs =
                new AffinityDirectory(
                        AffinityLimits.INPUTS,
                        platform.clock(),
                        change -> inputChanges.accept(AffinityLine.of(change)));
        Changes<UploadLine> uploadChanges = new Changes<>();
        UploadSessions uploads =
                new UploadSessions(
                        platform.random(),
                        platform.clock(),
                        platform.nanoTime(),
                        change -> uploadChanges.accept(UploadLine.of(change)));
        Changes<BudgetLine> budgetChanges = new Changes<>();
        BudgetBook budgets =
                new BudgetBook(
                        config.rateLimit().requestsPerDay(),
                        platform.clock(),
                        BudgetLine.onto(budgetChanges));
        Changes<ReceiptLine> receiptChanges = new Changes<>();
        BatchReceipts receipts =
                new BatchReceipts(counted -> receiptChanges.accept(ReceiptLine.of(counted)));
        PriceTable prices = new PriceTable(config.usage().prices());
        Measurements measurements = closing.later(Measurements.create(config, prices, platform));
        StateKeeper state =
                closing.later(
                        PersistentState.of(
                                        pool,
                                        List.of(
                                                AffinityLine.journal(
                                                        "affinity", affinity, affinityChanges),
                                                AffinityLine.journal(
                                                        "signatures", signatures, signatureChanges),
                                                AffinityLine.journal(
                                                        "inputs", inputs, inputChanges),
                                                UploadLine.journal(uploads, uploadChanges),
                                                BudgetLine.journal(budgets, budgetChanges),
                                                ReceiptLine.journal(receipts, receiptChanges),
                                                LedgerLine.journal(measurements.ledger())))
                                .keep(config.state().dir(), platform.clock()));
        closing.later(budgets);
        Trust trust = Trust.open(config, platform.random(), platform.clock());
        trust.ring().remember();
        trust.offline().tell(audit);
        closing.later(
                SigningRotation.start(
                        trust.ring(), config.issuing().maxKeyAge(), audit, platform.clock()));
        AdminSessions sessions = KeptSessions.open(config, trust.issuer(), platform);
        RevocationCheck revocations =
                (client, issuedAt) ->
                        trust.revocations().revoked(client, issuedAt)
                                || sessions.revoked(client, issuedAt);
        TokenVerifier verifier =
                verifier(config.authentication(), trust, revocations, platform, closing);
        UpstreamClient upstream =
                closing.later(ApacheUpstreamClient.create(config.upstream(), platform.nanoTime()));
        KeyTests keyTests = probing(pool, upstream, platform, closing);
        DepartureWatch departures = closing.later(new DepartureWatch());
        ProxyAssembly assembly =
                new ProxyAssembly(
                        config.authentication().enabled()
                                ? Optional.of(
                                        new ClientAuthentication(
                                                verifier,
                                                trust.declared(),
                                                revocations,
                                                trust.revocations()::revoked))
                                : Optional.empty(),
                        new RateLimiter(config.rateLimit(), platform.nanoTime()),
                        budgets,
                        config.rateLimit().unpricedAllowed(),
                        pool,
                        affinity,
                        signatures,
                        inputs,
                        ClientHomes.of(config.keys()),
                        config.affinity(),
                        new CacheAffinity(
                                config.cacheAffinity(), platform.random(), platform.nanoTime()),
                        uploads,
                        upstream,
                        config.upstream().baseUrl(),
                        config.upstream().firstByteTimeout(),
                        config.server().publicUrl(),
                        measurements
                                .telemetry()
                                .map(Telemetry::outgoing)
                                .orElse(OutgoingTrace.AS_IT_CAME),
                        scrubber,
                        prices,
                        receipts,
                        audit::accepting,
                        config.server().maxRequestBodyBytes(),
                        config.server().maxUploadBytes(),
                        departures,
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
        Optional<ServerCertificates> certificates =
                config.server().tls().enabled()
                        ? Optional.of(
                                ServerCertificates.open(
                                        config.server().tls(), platform.clock(), platform.random()))
                        : Optional.empty();
        AtomicBoolean draining = new AtomicBoolean();
        ProxyListener listener =
                closing.later(
                        ProxyListener.start(
                                config.server(),
                                certificates.map(ServerCertificates::sslContext),
                                GeminiTargets::parse,
                                new ServedPaths(
                                        handler,
                                        ownPaths(
                                                config,
                                                trust,
                                                assembly.limiter(),
                                                audit,
                                                told,
                                                platform)),
                                () -> pool.anyUsable() && audit.accepting() && !draining.get(),
                                ids,
                                refused -> {
                                    measurements.finished(refused);
                                    audit.refused(refused);
                                },
                                platform.clock(),
                                platform.nanoTime()));
        return new Proxying(
                listener,
                handler,
                pool,
                budgets,
                state,
                keyTests,
                measurements,
                verifier,
                trust,
                sessions,
                certificates,
                ids,
                draining);
    }

    /** There is nothing to ask a token of where no client has a secret. */
    private static Map<String, ExchangeHandler> ownPaths(
            GemproxyConfig config,
            Trust trust,
            RateLimiter limiter,
            AuditLog audit,
            FinishedExchange.Listener told,
            Platform platform) {
        return config.authentication().enabled() && trust.declared().anyWithSecret()
                ? Map.of(
                        TokenEndpoint.PATH,
                        new TokenEndpoint(
                                trust.grants(config, platform),
                                limiter,
                                audit::accepting,
                                audit::record,
                                told,
                                platform.clock(),
                                platform.nanoTime()))
                : Map.of();
    }

    private static TokenVerifier verifier(
            AuthenticationConfig config,
            Trust trust,
            RevocationCheck revocations,
            Platform platform,
            Closing closing) {
        TrustedIssuers issuers =
                config.issuers().isEmpty()
                        ? TrustedIssuers.NONE
                        : new TrustedIssuers(
                                config.issuers(),
                                closing.later(new KeySetPlaces()),
                                platform.nanoTime());
        issuers.readAhead();
        return new TokenVerifier(
                config.clockSkew(),
                trust.ring(),
                issuers,
                revocations,
                TokenVerifier.REMEMBERED,
                platform.clock());
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
