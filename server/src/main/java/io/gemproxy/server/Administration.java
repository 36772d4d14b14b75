package io.gemproxy.server;

import io.gemproxy.server.admin.AdminAuthenticator.Decision;
import io.gemproxy.server.admin.AdminConfig;
import io.gemproxy.server.admin.AdminRoutes;
import io.gemproxy.server.admin.AdminSources;
import io.gemproxy.server.admin.DrainDesk;
import io.gemproxy.server.admin.SelfProbe;
import io.gemproxy.server.admin.ServerStatus;
import io.gemproxy.server.admin.SessionDesk;
import io.gemproxy.server.admin.TokenDesk;
import io.gemproxy.server.audit.AuditLog;
import io.gemproxy.server.audit.AuditSearch;
import io.gemproxy.server.authentication.AuthenticationResult;
import io.gemproxy.server.authentication.sessions.Session;
import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.presets.WeightPresets;
import io.gemproxy.server.listener.AdminListener;
import io.gemproxy.server.listener.AdminSocket;
import io.gemproxy.server.listener.ListenerFailed;
import io.gemproxy.server.listener.ProxyListener;
import io.gemproxy.server.listener.RedirectListener;
import io.gemproxy.server.listener.certificates.ServerCertificates;
import io.gemproxy.server.metrics.CertificateGauges;
import io.gemproxy.server.metrics.KeyGauges;
import io.gemproxy.server.metrics.KeyMeasure;
import io.gemproxy.server.metrics.MetricsText;
import io.gemproxy.server.metrics.ReloadMeters;
import io.gemproxy.server.metrics.SavingMeters;
import io.gemproxy.server.metrics.ServerFacts;
import io.gemproxy.server.metrics.ServerMeters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Wires the admin port to what it shows. */
final class Administration {
    private Administration() {}

    static AdminListener listener(
            GemproxyConfig config,
            String source,
            Proxying proxying,
            Reloads reloads,
            AuditLog audit,
            StopRequest stop,
            Platform platform,
            Closing closing)
            throws IOException, ListenerFailed {
        Instant started = platform.clock().instant();
        ListenerProbe probe = closing.later(new ListenerProbe(proxying.listener()));
        Optional<MetricsText> metrics =
                config.metrics().enabled()
                        ? Optional.of(metrics(proxying, reloads, audit, started, platform))
                        : Optional.empty();
        AtomicInteger bound = new AtomicInteger(config.admin().port());
        WeightPresets presets =
                KeptPresets.open(config.state().dir(), proxying.pool(), platform.clock());
        AdminSources sources =
                new AdminSources(
                        () -> status(config, source, proxying, bound.get(), started, platform),
                        proxying.pool()::status,
                        new PooledKeyDesk(
                                proxying.pool(),
                                proxying.keyTests(),
                                new KeyReports(
                                        () -> proxying.pool().config().keys(), platform.clock())),
                        reloads.desk(),
                        presets,
                        proxying.kept().budgets(),
                        proxying.kept().days(),
                        new TokenDesk(
                                proxying.callers().trust().issuer(),
                                config.issuing().maxLifetime(),
                                proxying.callers().trust().revocations(),
                                proxying.callers().trust().ring()),
                        new SessionDesk(proxying.callers().login(), proxying.callers().sessions()),
                        new RunningReloads(reloads.reloader(), reloads.running(), reloads.views()),
                        proxying.measurements().requests(),
                        proxying.pool()::anyUsable,
                        List.of(new SelfProbe("proxy", probe::accepts)),
                        metrics,
                        proxying.measurements().performance(),
                        proxying.measurements().errors(),
                        proxying.measurements().ledger(),
                        proxying.measurements().savings(),
                        new CertificateControls(proxying.certificates(), proxying.renewals()),
                        new DrainDesk(
                                () -> reloads.current().get().server().shutdownGrace(),
                                () -> proxying.draining().set(true),
                                stop::ask),
                        proxying.measurements().process(),
                        token -> decide(proxying, token),
                        proxying.ids()::next,
                        new AuditSearch(config.audit().path()),
                        audit::accepting,
                        audit::record,
                        platform.clock());
        Supplier<AdminConfig> inEffect = () -> reloads.current().get().admin();
        AdminListener listener =
                closing.later(
                        AdminListener.start(
                                config.admin().host(),
                                config.admin().port(),
                                proxying.certificates().admin().map(ServerCertificates::sslContext),
                                AdminRoutes.routing(inEffect, sources, platform.nanoTime()),
                                proxying.ids()::next,
                                platform.nanoTime()));
        bound.set(listener.port());
        Optional<Path> socket = config.admin().socket();
        if (socket.isPresent()) {
            closing.later(
                    AdminSocket.start(
                            socket.get(),
                            AdminRoutes.routing(inEffect, sources, platform.nanoTime()),
                            proxying.ids()::next,
                            platform.nanoTime()));
        }
        return listener;
    }

    private static MetricsText metrics(
            Proxying proxying,
            Reloads reloads,
            AuditLog audit,
            Instant started,
            Platform platform) {
        Measurements measured = proxying.measurements();
        ServerFacts facts =
                new ServerFacts(
                        Version.number(),
                        started,
                        () -> Math.toIntExact(proxying.handler().active()),
                        proxying.listener()::connections,
                        audit::written,
                        audit::lost,
                        proxying.kept().keeper()::failures);
        ServerMeters.register(measured.meters(), facts, measured.process(), platform.clock());
        ReloadMeters.register(measured.meters(), reloads.records()::count);
        SavingMeters.register(measured.meters(), measured.savings()::savedUsd);
        KeyGauges keys = new KeyGauges(measured.meters(), () -> measures(proxying.pool()));
        CertificateGauges certificates =
                new CertificateGauges(
                        measured.meters(), proxying.certificates()::measures, platform.clock());
        certificates.register(proxying.certificateRecords()::count);
        return measured.meters()
                .text(() -> {
                    keys.refresh();
                    certificates.refresh();
                });
    }

    private static ServerStatus status(
            GemproxyConfig config,
            String source,
            Proxying proxying,
            int adminPort,
            Instant started,
            Platform platform) {
        ProxyListener listener = proxying.listener();
        return new ServerStatus(
                Version.number(),
                started,
                Duration.between(started, platform.clock().instant()),
                listeners(
                        config,
                        listener.port(),
                        proxying.redirect().map(RedirectListener::port),
                        adminPort),
                proxying.draining().get(),
                Optional.of(source),
                listener.connections(),
                Math.toIntExact(proxying.handler().streams()),
                proxying.certificates().expiry());
    }

    private static List<ServerStatus.Listener> listeners(
            GemproxyConfig config, int proxyPort, Optional<Integer> redirect, int adminPort) {
        String proxy = config.server().host() + ":" + proxyPort;
        String admin = config.admin().host() + ":" + adminPort;
        List<ServerStatus.Listener> listeners = new ArrayList<>();
        listeners.add(new ServerStatus.Listener("proxy", proxy, config.server().tls().enabled()));
        listeners.add(new ServerStatus.Listener("admin", admin, config.adminTls().enabled()));
        redirect.ifPresent(port ->
                listeners.add(
                        new ServerStatus.Listener(
                                "redirect",
                                config.server().redirect().host() + ":" + port,
                                false)));
        config.admin()
                .socket()
                .map(path -> new ServerStatus.Listener("admin-socket", "unix:" + path, false))
                .ifPresent(listeners::add);
        return listeners;
    }

    private static Decision decide(Proxying proxying, String token) {
        return switch (proxying.callers().verifier().verify(token)) {
            case AuthenticationResult.Refused _ -> new Decision.Refused();
            case AuthenticationResult.Authenticated it ->
                    it.client().role() == Role.ADMIN
                            ? new Decision.Granted(
                                    it.client().id(),
                                    it.client()
                                            .tokenId()
                                            .flatMap(proxying.callers().sessions()::use)
                                            .map(Session::id))
                            : new Decision.NotAdmin(it.client().id());
        };
    }

    private static List<KeyMeasure> measures(KeyPool pool) {
        return pool.views().stream()
                .map(key ->
                        new KeyMeasure(
                                key.id(),
                                key.health(),
                                switch (key.breaker()) {
                                    case CLOSED -> KeyMeasure.Breaker.CLOSED;
                                    case HALF_OPEN -> KeyMeasure.Breaker.HALF_OPEN;
                                    case OPEN -> KeyMeasure.Breaker.OPEN;
                                },
                                key.breakerTrips()))
                .toList();
    }
}
