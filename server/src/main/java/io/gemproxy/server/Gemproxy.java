package io.gemproxy.server;

import io.gemproxy.server.audit.AuditEvent;
import io.gemproxy.server.audit.AuditLog;
import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.gemini.ErrorScrubber;
import io.gemproxy.server.keys.KeyConfig;
import io.gemproxy.server.listener.AdminListener;
import io.gemproxy.server.listener.ListenerFailed;
import io.gemproxy.server.listener.ProxyListener;
import io.gemproxy.server.listener.certificates.TlsConfig;
import io.gemproxy.server.logging.ApplicationLog;
import io.gemproxy.server.logging.JournalStream;
import io.gemproxy.server.reload.ConfigReloader;
import io.gemproxy.server.systemd.Supervisor;
import io.gemproxy.server.systemd.Watchdog;
import io.gemproxy.server.upstream.SecretScrubbing;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;

/** The running server: configuration in, two listeners out, everything closed in reverse order. */
public final class Gemproxy implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Gemproxy.class.getName());

    private static final Duration LAST_RECORDS = Duration.ofSeconds(2);

    private final Reloads reloads;
    private final Supervisor supervisor;
    private final Platform platform;
    private final Closing closing;
    private final Proxying proxying;
    private final AuditLog audit;
    private final AdminListener admin;
    private final ServiceReport report;
    private final StopRequest stop;

    private Gemproxy(
            Reloads reloads,
            Supervisor supervisor,
            Platform platform,
            Closing closing,
            Proxying proxying,
            AuditLog audit,
            AdminListener admin,
            ServiceReport report,
            StopRequest stop) {
        this.reloads = reloads;
        this.supervisor = supervisor;
        this.platform = platform;
        this.closing = closing;
        this.proxying = proxying;
        this.audit = audit;
        this.admin = admin;
        this.report = report;
        this.stop = stop;
    }

    /**
     * Builds all rooms and binds both listeners; the configuration stays as it is.
     *
     * @param source the name of the configuration file, for {@code status}
     * @throws ListenerFailed if a listener cannot be bound
     * @throws IOException if a file the server needs cannot be opened
     */
    public static Gemproxy start(GemproxyConfig config, String source, Platform platform)
            throws IOException, ListenerFailed {
        return start(ServedConfig.fixed(config, source), platform);
    }

    /**
     * Builds all rooms and binds both listeners.
     *
     * @throws ListenerFailed if a listener cannot be bound
     * @throws IOException if a file the server needs cannot be opened
     */
    public static Gemproxy start(ServedConfig served, Platform platform)
            throws IOException, ListenerFailed {
        return start(served, platform, Supervisor.NONE);
    }

    /**
     * The same.
     *
     * @param supervisor is told of it
     */
    static Gemproxy start(ServedConfig served, Platform platform, Supervisor supervisor)
            throws IOException, ListenerFailed {
        Closing closing = new Closing();
        try {
            GemproxyConfig config = served.config();
            ErrorScrubber scrubber =
                    SecretScrubbing.of(config.keys().keys().stream().map(KeyConfig::key).toList());
            ApplicationLog log =
                    closing.later(
                            ApplicationLog.install(
                                    config.logging(),
                                    platform.out(),
                                    JournalStream.OUT.isJournal(platform.environment()),
                                    scrubber::scrub));
            // the same server twice is told of its port, as ever, and not of the audit file
            ProxyListener.requireFree(config.server());
            AuditLog audit =
                    closing.later(
                            AuditLog.open(
                                    config.audit(),
                                    platform.clock(),
                                    platform.nanoTime(),
                                    platform.random()));
            Proxying proxying = Proxying.assemble(config, scrubber, audit, platform, closing);
            ServiceReport report =
                    closing.later(
                            new ServiceReport(supervisor, proxying.pool(), proxying.listener()));
            Reloads reloads = Reloads.open(served, proxying, log, audit, report, platform);
            StopRequest stop = new StopRequest();
            AdminListener admin =
                    Administration.listener(
                            config,
                            served.loaded().source(),
                            proxying,
                            reloads,
                            audit,
                            stop,
                            platform,
                            closing);
            Gemproxy server =
                    new Gemproxy(
                            reloads,
                            supervisor,
                            platform,
                            closing,
                            proxying,
                            audit,
                            admin,
                            report,
                            stop);
            server.event(
                    AuditEvent.Type.SERVER_STARTED,
                    "server.start",
                    Map.of("version", Version.number()));
            closing.later(reloads.watch(proxying.certificates()::holds));
            closing.later(
                    new CertificateWatch(
                                    proxying.certificates(),
                                    proxying.certificateRecords(),
                                    platform.clock(),
                                    () -> reloads.current().get().reload().watch())
                            .start());
            String addresses = server.addresses(config);
            LOG.log(Level.INFO, "gemproxy " + Version.number() + " serves on " + addresses);
            return server;
        } catch (IOException | ListenerFailed | RuntimeException failed) {
            closing.close();
            throw failed;
        }
    }

    /**
     * Tells whoever supervises the process that it serves; from then on it may be stopped any time,
     * so what ends it gently must be in place.
     */
    void announce() {
        report.serving(addresses(reloads.current().get()));
        supervisor
                .watchdog()
                .ifPresent(every ->
                        closing.later(Watchdog.start(supervisor, every, () -> lives(every))));
    }

    /** The bound proxy port. */
    public int proxyPort() {
        return proxying.listener().port();
    }

    /** The bound admin port. */
    public int adminPort() {
        return admin.port();
    }

    /**
     * Goes unready, lets running requests end within {@code server.shutdown_grace_seconds}, then
     * closes.
     */
    public void drain() throws InterruptedException {
        ProxyListener listener = proxying.listener();
        Duration grace = reloads.current().get().server().shutdownGrace();
        LOG.log(Level.INFO, "draining");
        // who reads that the server is unready finds every answer to be the last of its connection
        listener.beginDrain();
        proxying.draining().set(true);
        report.draining(grace);
        if (!listener.awaitDrained(grace)) {
            LOG.log(Level.WARNING, "the grace period is over; requests that still run are cut");
        }
        close();
    }

    /**
     * Both ports take connections, looked at within a third of {@code every}; or it ends anyhow.
     */
    private boolean lives(Duration every) {
        Duration patience = every.dividedBy(6);
        return proxying.draining().get()
                || (proxying.listener().accepts(patience) && admin.accepts(patience));
    }

    /** What is waited for, by whoever runs the server, before it is drained. */
    StopRequest stopRequest() {
        return stop;
    }

    /** Stops waiting for running requests. */
    public void cutShort() {
        proxying.listener().close();
    }

    /** After the log files were rotated from outside. */
    public void reopenLogs() {
        audit.reopen();
        LOG.log(Level.INFO, "logs reopened");
    }

    /** The rooms of the proxy port. */
    Proxying proxying() {
        return proxying;
    }

    /** The configuration that was loaded last. */
    GemproxyConfig loaded() {
        return reloads.current().get();
    }

    /** Reads the configuration again; see {@link ConfigReloader#reload}. */
    public ConfigReloader reloading() {
        return reloads.reloader();
    }

    /** Waits until every audit record of the past is on file. */
    boolean flushAudit(Duration patience) throws InterruptedException {
        return audit.flush(patience);
    }

    @Override
    public void close() {
        if (closing.begin()) {
            cutShort();
            awaitRecords();
            event(AuditEvent.Type.SERVER_STOPPED, "server.stop", Map.of());
            LOG.log(Level.INFO, "stopped");
            closing.close();
        }
    }

    /** What was cut is still recorded, before the record that the server stopped. */
    private void awaitRecords() {
        try {
            if (!proxying.listener().awaitQuiet(LAST_RECORDS)) {
                LOG.log(Level.WARNING, "requests that were cut did not end in time");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void event(AuditEvent.Type type, String action, Map<String, String> details) {
        audit.record(
                AuditEvent.of(type, platform.clock().instant(), action, Result.SUCCESS, details));
    }

    private String addresses(GemproxyConfig config) {
        return scheme(config.server().tls())
                + config.server().host()
                + ":"
                + proxyPort()
                + ", admin on "
                + scheme(config.adminTls())
                + config.admin().host()
                + ":"
                + adminPort()
                + config.admin().socket().map(path -> " and unix:" + path).orElse("");
    }

    private static String scheme(TlsConfig tls) {
        return tls.enabled() ? "https://" : "http://";
    }
}
