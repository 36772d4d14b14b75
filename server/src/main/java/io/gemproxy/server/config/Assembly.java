package io.gemproxy.server.config;

import io.gemproxy.server.admin.AdminConfig;
import io.gemproxy.server.audit.AuditConfig;
import io.gemproxy.server.authentication.AuthenticationConfig;
import io.gemproxy.server.authentication.IssuingConfig;
import io.gemproxy.server.authentication.sessions.SessionConfig;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.keys.KeyConfig;
import io.gemproxy.server.keys.KeysConfig;
import io.gemproxy.server.keys.affinity.AffinityConfig;
import io.gemproxy.server.keys.cache.CacheAffinityConfig;
import io.gemproxy.server.keys.health.BreakerConfig;
import io.gemproxy.server.keys.quota.LimitsConfig;
import io.gemproxy.server.listener.ServerConfig;
import io.gemproxy.server.listener.TrustedProxiesConfig;
import io.gemproxy.server.listener.certificates.TlsConfig;
import io.gemproxy.server.logging.LoggingConfig;
import io.gemproxy.server.metrics.MetricsConfig;
import io.gemproxy.server.ratelimit.RateLimitConfig;
import io.gemproxy.server.telemetry.TelemetryConfig;
import io.gemproxy.server.upstream.UpstreamConfig;
import io.gemproxy.server.usage.UsageConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes the rooms' records out of the values that were read. */
final class Assembly {
    private static final long MICRODOLLARS = 1_000_000;

    private final Reading read;
    private final Leaves leaves;
    private final UsageConfig usage;

    Assembly(Reading read, Leaves leaves, UsageConfig usage) {
        this.usage = usage;
        this.read = read;
        this.leaves = leaves;
    }

    GemproxyConfig config() {
        return new GemproxyConfig(
                server(),
                new AcmeAssembly(read, leaves).acme(),
                upstream(),
                keys(),
                new AffinityConfig(
                        AffinityConfig.UnknownResources.valueOf(
                                constant("gemini.unknown_resources"))),
                new CacheAffinityConfig(
                        CacheAffinityConfig.By.valueOf(constant("gemini.cache_affinity")),
                        read.seconds("gemini.cache_lifetime_seconds")),
                authentication(),
                new ClientAssembly(read, leaves).clients(),
                issuing(),
                rateLimit(),
                usage,
                admin(),
                adminTls(),
                sessions(),
                new MetricsConfig(read.flag("metrics.enabled"), read.flag("metrics.compat_names")),
                telemetry(),
                logging(),
                audit(),
                new StateConfig(read.path("state.dir")),
                new ReloadConfig(read.flag("reload.watch"), read.flag("admin.config_writes")));
    }

    private ServerConfig server() {
        TlsAssembly tls = new TlsAssembly(read, leaves);
        return new ServerConfig(
                read.host("server.host"),
                read.number("server.port"),
                read.number("server.max_connections"),
                read.optionalNumber("server.max_connections_per_address"),
                read.seconds("server.shutdown_grace_seconds"),
                read.whole("server.max_request_body_bytes"),
                read.whole("server.max_upload_bytes"),
                read.flag("server.allow_plaintext"),
                read.seconds("server.header_timeout_seconds"),
                read.seconds("server.body_timeout_seconds"),
                read.whole("server.min_body_bytes_per_second"),
                read.seconds("server.idle_timeout_seconds"),
                read.optionalOrigin("server.public_url"),
                trustedProxies(),
                new TlsConfig(
                        read.flag("server.tls.enabled"),
                        read.path("server.tls.cert_path"),
                        read.path("server.tls.key_path"),
                        read.flag("server.tls.acme.enabled"),
                        read.texts("server.tls.acme.domains"),
                        tls.certificates()),
                tls.hsts(),
                tls.redirect());
    }

    /** Without those that are no network, which the review reports. */
    private TrustedProxiesConfig trustedProxies() {
        return new TrustedProxiesConfig(
                read.texts("server.trusted_proxies").stream()
                        .map(TrustedProxiesConfig.Network::parse)
                        .flatMap(Optional::stream)
                        .toList(),
                TrustedProxiesConfig.Header.valueOf(
                        constant("server.client_address_header").replace('-', '_')));
    }

    private RateLimitConfig rateLimit() {
        return new RateLimitConfig(
                rates("auth.rate_limit_per_minute", "limits.client."),
                rates("limits.address.requests_per_minute", "limits.address."),
                rates("limits.global.requests_per_minute", "limits.global."),
                read.optionalWhole("limits.address.auth_failures_per_minute"),
                read.choice("limits.unpriced_models").equals("allow"));
    }

    private RateLimitConfig.Rates rates(String requestsPerMinute, String section) {
        return new RateLimitConfig.Rates(
                read.optionalWhole(requestsPerMinute),
                read.optionalWhole(section + "tokens_per_minute"),
                read.optionalWhole(section + "requests_per_day"),
                read.optionalWhole(section + "tokens_per_day"));
    }

    private UpstreamConfig upstream() {
        return new UpstreamConfig(
                read.origin("gemini.base_url"),
                read.seconds("gemini.connect_timeout_seconds"),
                read.seconds("gemini.timeout_seconds"),
                read.seconds("gemini.stream_idle_timeout_seconds"),
                read.seconds("gemini.total_timeout_seconds"),
                read.number("gemini.max_connections"));
    }

    private KeysConfig keys() {
        List<KeyConfig> keys = new ArrayList<>();
        for (int i = 0; i < leaves.entries(KeySettings.KEYS).size(); i++) {
            key(Leaves.entryPath(KeySettings.KEYS, i) + ".").ifPresent(keys::add);
        }
        return new KeysConfig(
                KeysConfig.Selection.valueOf(constant("gemini.selection")),
                List.copyOf(keys),
                new BreakerConfig(
                        read.number("gemini.breaker.failures"),
                        read.seconds("gemini.breaker.open_seconds"),
                        read.seconds("gemini.breaker.slow_start_seconds")));
    }

    /** Empty where id or key is missing, which the review reports. */
    private Optional<KeyConfig> key(String entry) {
        Optional<String> id = read.text(entry + "id");
        Optional<String> key = read.text(entry + "key");
        if (id.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new KeyConfig(
                        new KeyId(id.get()),
                        Secret.of(key.get()),
                        new ProjectId(read.text(entry + "project").orElse("of-key-" + id.get())),
                        read.number(entry + "weight"),
                        read.optionalNumber(entry + "max_requests_per_minute"),
                        read.day(entry + "expires_at"),
                        read.text(entry + "billing_account"),
                        read.text(entry + "tier"),
                        limits(entry + "limits[")));
    }

    /** By model, as the paths of their values name it. */
    private Map<String, LimitsConfig> limits(String section) {
        Map<String, LimitsConfig> limits = new HashMap<>();
        for (Leaf leaf : leaves.all()) {
            if (leaf.path().startsWith(section)) {
                int end = leaf.path().lastIndexOf(']');
                String model = leaf.path().substring(section.length(), end);
                limits.computeIfAbsent(model, it -> limitsOf(section + it + "]."));
            }
        }
        return Map.copyOf(limits);
    }

    private LimitsConfig limitsOf(String model) {
        OptionalLong dollars = read.optionalWhole(model + "dollars_per_10_minutes");
        return new LimitsConfig(
                read.optionalWhole(model + "requests_per_minute"),
                read.optionalWhole(model + "tokens_per_minute"),
                read.optionalWhole(model + "requests_per_day"),
                dollars.isPresent()
                        ? OptionalLong.of(dollars.getAsLong() * MICRODOLLARS)
                        : OptionalLong.empty());
    }

    private AuthenticationConfig authentication() {
        return new AuthenticationConfig(
                read.flag("auth.enabled"),
                read.text("auth.jwt_secret").map(Secret::of),
                new IssuerAssembly(read, leaves).issuers(),
                read.seconds("auth.clock_skew_seconds"),
                read.text("auth.admin_password").map(Secret::of));
    }

    private IssuingConfig issuing() {
        return new IssuingConfig(
                Duration.ofDays(read.whole("auth.token_max_lifetime_days")),
                read.seconds("auth.oauth_token_lifetime_seconds"),
                days("auth.signing_key_max_age_days"),
                days("auth.signing_key_rotation_days"));
    }

    private Optional<Duration> days(String path) {
        OptionalLong days = read.optionalWhole(path);
        return days.isPresent() ? Optional.of(Duration.ofDays(days.getAsLong())) : Optional.empty();
    }

    private AdminConfig admin() {
        return new AdminConfig(
                read.host("admin.host"),
                adminPort(),
                read.flag("admin.open_endpoints"),
                read.optionalPath("admin.socket"),
                read.origins("admin.cors.allowed_origins"));
    }

    /** What is not said of it is as on the proxy port. */
    private TlsConfig adminTls() {
        return new TlsConfig(
                read.flag("admin.tls.enabled"),
                read.optionalPath("admin.tls.cert_path")
                        .orElseGet(() -> read.path("server.tls.cert_path")),
                read.optionalPath("admin.tls.key_path")
                        .orElseGet(() -> read.path("server.tls.key_path")),
                false,
                read.texts("server.tls.acme.domains"));
    }

    private SessionConfig sessions() {
        return new SessionConfig(
                Duration.ofHours(read.whole("admin.token_expiry_hours")),
                Duration.ofMinutes(read.whole("admin.session_timeout_minutes")),
                read.number("admin.max_login_attempts"),
                Duration.ofMinutes(read.whole("admin.lockout_duration_minutes")));
    }

    private int adminPort() {
        int standard = read.number(AdminPort.NEWER);
        return AdminPort.decisive(leaves)
                .map(leaf -> read.optionalNumber(leaf.path()).orElse(standard))
                .orElse(standard);
    }

    private TelemetryConfig telemetry() {
        return new TelemetryConfig(
                read.optionalOrigin("telemetry.otlp.endpoint"),
                read.text("telemetry.otlp.headers").map(Secret::of),
                read.flag("telemetry.otlp.traces"),
                read.flag("telemetry.otlp.metrics"),
                read.seconds("telemetry.otlp.interval_seconds"),
                read.number("telemetry.otlp.sample_percent"),
                read.text("telemetry.service_name").orElse("gemproxy"));
    }

    private AuditConfig audit() {
        return new AuditConfig(
                read.path("audit.path"),
                AuditConfig.OnFailure.valueOf(constant("audit.on_failure")),
                AuditConfig.Fsync.valueOf(constant("audit.fsync")),
                read.path("audit.chain_key_file"),
                read.path("state.dir").resolve(AuditConfig.HEAD),
                new AuditConfig.Rotation(
                        read.whole("audit.rotate_bytes"), read.flag("audit.rotate_daily")),
                new AuditConfig.Retention(
                        read.optionalNumber("audit.keep_files"),
                        Duration.ofDays(read.whole("audit.keep_days")),
                        read.whole("audit.keep_bytes")));
    }

    private LoggingConfig logging() {
        return new LoggingConfig(
                LoggingConfig.Level.valueOf(constant("logging.level")),
                LoggingConfig.Format.valueOf(constant("logging.format")));
    }

    private String constant(String path) {
        return read.choice(path).toUpperCase(Locale.ROOT);
    }
}
