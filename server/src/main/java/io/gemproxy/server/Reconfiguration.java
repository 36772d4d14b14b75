package io.gemproxy.server;

import io.gemproxy.server.authentication.NextIssuers;
import io.gemproxy.server.authentication.sessions.AdminSessions;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.keys.KeyConfig;
import io.gemproxy.server.listener.certificates.NextCertificate;
import io.gemproxy.server.listener.certificates.ServerCertificates;
import io.gemproxy.server.listener.certificates.TlsConfig;
import io.gemproxy.server.logging.ApplicationLog;
import io.gemproxy.server.reload.NotReady;
import io.gemproxy.server.reload.Prepared;
import io.gemproxy.server.reload.Reloadable;
import io.gemproxy.server.upstream.SecretScrubbing;
import io.gemproxy.server.usage.PricesConfig;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Hands the parts of another configuration to the rooms they are for. */
final class Reconfiguration {
    private static final System.Logger LOG = System.getLogger(Reconfiguration.class.getName());

    private final Proxying proxying;
    private final ApplicationLog log;

    Reconfiguration(Proxying proxying, ApplicationLog log) {
        this.proxying = proxying;
        this.log = log;
    }

    /**
     * In the order in which they take over: the log first, so that it tells of the others; keys
     * last, so that limits and clients of the same file are there when one is lent.
     */
    List<Reloadable> parts() {
        ServedCertificates served = proxying.certificates();
        return List.of(
                Reloadable.of(
                        "logging", next -> Prepared.of(() -> log.reconfigure(next.logging()))),
                certificate(served.proxy(), next -> next.server().tls(), "server.tls"),
                certificate(served.admin(), GemproxyConfig::adminTls, "admin.tls"),
                Reloadable.of("auth.jwks", this::issuers),
                Reloadable.of("usage.prices_file", this::prices),
                Reloadable.of(
                        "gemini.timeout_seconds",
                        next -> Prepared.of(() -> proxying.upstream().reconfigure(next.upstream())),
                        "gemini.stream_idle_timeout_seconds",
                        "gemini.total_timeout_seconds"),
                Reloadable.of(
                        "limits",
                        next -> Prepared.of(() -> limits(next)),
                        "auth.rate_limit_per_minute"),
                Reloadable.of("auth.clients", next -> Prepared.of(() -> clients(next))),
                Reloadable.of(
                        "auth.admin_password",
                        next -> Prepared.of(() -> logins(next)),
                        "auth.admin_password_file",
                        "admin.token_expiry_hours",
                        "admin.session_timeout_minutes",
                        "admin.max_login_attempts",
                        "admin.lockout_duration_minutes"),
                Reloadable.of(
                        "gemini.api_keys",
                        next -> Prepared.of(() -> keys(next)),
                        "gemini.api_keys_file",
                        "gemini.selection",
                        "gemini.breaker"));
    }

    private static Reloadable certificate(
            Optional<ServerCertificates> served,
            Function<GemproxyConfig, TlsConfig> of,
            String section) {
        return Reloadable.of(section, next -> certificate(served, of.apply(next), section));
    }

    private static Prepared certificate(
            Optional<ServerCertificates> served, TlsConfig next, String section) throws NotReady {
        if (served.isEmpty()) {
            return Prepared.of(() -> {});
        }
        try {
            NextCertificate certificate = served.get().prepare(next);
            return Prepared.of(
                    certificate.changed() ? List.of(section + ".cert_path") : List.of(),
                    certificate::serve);
        } catch (IOException unfit) {
            throw new NotReady(Finding.unfit(section, said(unfit)));
        }
    }

    private Prepared issuers(GemproxyConfig next) throws NotReady {
        try {
            NextIssuers issuers =
                    proxying.callers().issuers().prepare(next.authentication().issuers());
            return Prepared.of(
                    issuers.changed() ? List.of("auth.jwks") : List.of(), issuers::trust);
        } catch (IOException unfit) {
            throw new NotReady(Finding.unfit("auth.jwks", said(unfit)));
        }
    }

    private Prepared prices(GemproxyConfig next) {
        PricesConfig prices = next.usage().prices();
        boolean changed = !prices.equals(proxying.prices().config());
        return Prepared.of(
                changed ? List.of("usage.prices_file") : List.of(),
                () -> proxying.prices().reconfigure(prices));
    }

    private void limits(GemproxyConfig next) {
        proxying.limiter().reconfigure(next.rateLimit());
        proxying.kept().budgets().reconfigure(next.rateLimit().client());
        proxying.kept().days().reconfigure(next.rateLimit());
    }

    private void clients(GemproxyConfig next) {
        proxying.callers().trust().declared().reconfigure(next.clients());
    }

    private void logins(GemproxyConfig next) {
        AdminSessions sessions = proxying.callers().sessions();
        proxying.callers().login().reconfigure(next.authentication(), next.sessions());
        int ended = sessions.reconfigure(next.sessions(), next.authentication());
        if (ended > 0) {
            LOG.log(Level.WARNING, "the admin password is another; sessions ended: " + ended);
        }
    }

    /** What is said of a key must be scrubbed before it is used and as long as it is. */
    private void keys(GemproxyConfig next) {
        Set<Secret> known = new LinkedHashSet<>(proxying.pool().secrets());
        next.keys().keys().stream().map(KeyConfig::key).forEach(known::add);
        SecretScrubbing.teach(proxying.scrubber(), known);
        proxying.pool().reconfigure(next.keys());
        proxying.homes().reconfigure(proxying.pool().config());
    }

    private static String said(IOException unfit) {
        String message = unfit.getMessage();
        return message == null ? "cannot be read" : message;
    }
}
