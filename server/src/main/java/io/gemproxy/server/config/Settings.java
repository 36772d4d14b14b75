package io.gemproxy.server.config;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The table of all settings of this version, in the order of the documentation. */
final class Settings {
    /** The list that has entries with keys of their own. */
    static final String KEYS = "gemini.api_keys";

    /** The limits of a model in an entry; the braces stand for the model's name. */
    static final String LIMITS = KEYS + "[].limits{}";

    private static final long MILLION = 1_000_000;
    private static final List<String> CHALLENGES = List.of("http-01", "tls-alpn-01", "dns-01");
    private static final Kind NOT_YET =
            new Kind.Later(Rule.NOT_YET, "comes with a later version and would be without effect");

    private static final List<Setting> ALL = withTwins(written());
    private static final Map<String, Setting> BY_PATH =
            ALL.stream().collect(toUnmodifiableMap(Setting::path, Function.identity()));

    private Settings() {}

    static List<Setting> all() {
        return ALL;
    }

    static Optional<Setting> find(String path) {
        return Optional.ofNullable(BY_PATH.get(path));
    }

    /** The setting of a path that is known to be in the table; entries of a list have a number. */
    static Setting at(String path) {
        return find(path.replaceAll("\\[\\d+]", "[]"))
                .orElseThrow(() -> new IllegalArgumentException("no setting " + path));
    }

    /** Whether what stands at a path is a list whose entries have keys of their own. */
    static boolean isList(String path) {
        return ALL.stream().anyMatch(setting -> setting.path().startsWith(path + "[]."));
    }

    /** The key that names an entry of such a list: the first in the table. */
    static String nameOfEntries(String list) {
        return namesIn(list + "[]").getFirst();
    }

    static boolean isSection(String path) {
        return ALL.stream().anyMatch(setting -> setting.path().startsWith(path + "."));
    }

    /** The names that may stand directly under a section, each once. */
    static List<String> namesIn(String section) {
        String prefix = section.isEmpty() ? "" : section + ".";
        return ALL.stream()
                .map(Setting::path)
                .filter(path -> path.startsWith(prefix))
                .map(path -> firstName(path.substring(prefix.length())))
                .distinct()
                .toList();
    }

    private static String firstName(String rest) {
        int dot = rest.indexOf('.');
        String name = dot < 0 ? rest : rest.substring(0, dot);
        boolean many = name.endsWith("[]") || name.endsWith("{}");
        return many ? name.substring(0, name.length() - 2) : name;
    }

    private static List<Setting> withTwins(List<Setting> written) {
        List<Setting> all = new ArrayList<>();
        for (Setting setting : written) {
            all.add(setting);
            if (setting.secret()) {
                all.add(twin(setting));
            }
        }
        return List.copyOf(all);
    }

    private static Setting twin(Setting secret) {
        return new Setting(
                secret.twinPath(),
                new Kind.FilePath(),
                Optional.empty(),
                false,
                "A file to read "
                        + secret.name()
                        + " from; one newline at its end is not part of it.",
                "${CREDENTIALS_DIRECTORY}/" + secret.name());
    }

    private static List<Setting> written() {
        return Stream.of(
                        toAuthentication(),
                        IssuerSettings.all(),
                        ClientSettings.all(),
                        fromLimits(),
                        fromAdministration())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Setting> toAuthentication() {
        return List.of(
                host("server.host", "0.0.0.0", "The address the proxy port binds."),
                whole(
                        "server.port",
                        0,
                        65_535,
                        "8443",
                        "The proxy port; 0 lets the kernel choose."),
                optional(
                        "server.workers",
                        new Kind.Whole(1, 65_536),
                        "4",
                        "Accepted for compatibility; requests run on virtual threads."),
                whole("server.max_connections", 1, MILLION, "1000", "Open client connections."),
                optional(
                        "server.max_connections_per_address",
                        new Kind.Whole(1, MILLION),
                        "100",
                        "Open connections of one client address; without: any number."),
                optional(
                        "server.trusted_proxies",
                        new Kind.Texts(),
                        "[\"10.0.0.0/8\"]",
                        "Networks of the proxies before this one, which are believed where a"
                                + " request comes from; without: none."),
                new Setting(
                        "server.client_address_header",
                        new Kind.Choice(List.of("x-forwarded-for", "forwarded"), List.of()),
                        Optional.of("x-forwarded-for"),
                        false,
                        "The header in which trusted proxies say so.",
                        "forwarded"),
                whole(
                        "server.shutdown_grace_seconds",
                        0,
                        3_600,
                        "30",
                        "How long running requests may go on after SIGTERM."),
                whole(
                        "server.max_request_body_bytes",
                        1_024,
                        1L << 40,
                        "104857600",
                        "The largest body of a call that is not an upload."),
                whole(
                        "server.max_upload_bytes",
                        1_024,
                        1L << 40,
                        "4294967296",
                        "The largest body of one upload request; uploads are streamed."),
                optional(
                        "server.public_url",
                        new Kind.Origin(),
                        "https://proxy.example.com",
                        "Where clients reach this server, if a proxy before it ends TLS; without"
                                + " it, what their requests say."),
                flag("server.allow_plaintext", "false", "Permits a public address without TLS."),
                seconds(
                        "server.header_timeout_seconds",
                        600,
                        "10",
                        "Until a request's head is in."),
                seconds(
                        "server.body_timeout_seconds",
                        3_600,
                        "60",
                        "The longest silence inside a request body."),
                seconds(
                        "server.idle_timeout_seconds",
                        3_600,
                        "75",
                        "The longest silence between two requests of a connection."),
                flag("server.tls.enabled", "true", "Whether the proxy port speaks TLS."),
                file(
                        "server.tls.cert_path",
                        "certs/cert.pem",
                        "The certificate chain (PEM); a self-signed one is made if it is missing."),
                file("server.tls.key_path", "certs/key.pem", "The private key (PEM), mode 0600."),
                flag(
                        "server.tls.acme.enabled",
                        "false",
                        "Certificates by ACME; until a later version a self-signed one is used."),
                new Setting(
                        "server.tls.acme.domains",
                        new Kind.Texts(),
                        Optional.of("[]"),
                        false,
                        "The names to put into the certificate.",
                        "[\"proxy.example.com\"]"),
                new Setting(
                        "server.tls.acme.email",
                        new Kind.Text(true),
                        Optional.of(""),
                        false,
                        "The contact of the ACME account.",
                        "admin@example.com"),
                new Setting(
                        "server.tls.acme.directory_url",
                        new Kind.Text(false),
                        Optional.of("https://acme-v02.api.letsencrypt.org/directory"),
                        false,
                        "The directory of the certificate authority.",
                        "https://acme-v02.api.letsencrypt.org/directory"),
                new Setting(
                        "server.tls.acme.challenge",
                        new Kind.Choice(CHALLENGES, List.of()),
                        Optional.of("http-01"),
                        false,
                        "How the authority checks that a name is ours.",
                        "http-01"),
                new Setting(
                        "gemini.base_url",
                        new Kind.Origin(),
                        Optional.of("https://generativelanguage.googleapis.com"),
                        false,
                        "Where the Gemini API is.",
                        "https://generativelanguage.googleapis.com"),
                seconds(
                        "gemini.timeout_seconds",
                        3_600,
                        "300",
                        "To the first byte of an answer; thinking models take minutes."),
                seconds("gemini.connect_timeout_seconds", 300, "10", "To a connection with TLS."),
                seconds(
                        "gemini.stream_idle_timeout_seconds",
                        3_600,
                        "300",
                        "The longest silence inside an answer."),
                seconds(
                        "gemini.total_timeout_seconds",
                        86_400,
                        "3600",
                        "The longest exchange, from the first byte of the request to the last."),
                whole("gemini.max_connections", 1, 65_536, "1000", "Open connections to Gemini."),
                new Setting(
                        "gemini.selection",
                        new Kind.Choice(
                                List.of("weighted_round_robin", "least_loaded", "most_headroom"),
                                List.of()),
                        Optional.of("weighted_round_robin"),
                        false,
                        "How the next key is chosen.",
                        "weighted_round_robin"),
                new Setting(
                        "gemini.cache_affinity",
                        new Kind.Choice(List.of("none", "session", "prefix", "both"), List.of()),
                        Optional.of("session"),
                        false,
                        "Which requests are kept in one project, whose prompt cache they share.",
                        "prefix"),
                seconds(
                        "gemini.cache_lifetime_seconds",
                        86_400,
                        "600",
                        "How long a project is believed to cache an unused prompt."),
                whole(
                        "gemini.breaker.failures",
                        1,
                        1_000,
                        "5",
                        "So many failures of a key in a row, for no known reason, let it rest."),
                seconds(
                        "gemini.breaker.open_seconds",
                        3_600,
                        "30",
                        "How long it rests the first time; up to ten times as long if it goes on."),
                seconds(
                        "gemini.breaker.slow_start_seconds",
                        3_600,
                        "30",
                        "Over this time a key that comes back is used more and more."),
                new Setting(
                        "gemini.unknown_resources",
                        new Kind.Choice(List.of("search", "refuse"), List.of()),
                        Optional.of("search"),
                        false,
                        "Whether files and other resources made outside this proxy may be used.",
                        "refuse"),
                optional(
                        "gemini.api_keys_file",
                        new Kind.FilePath(),
                        "config/keys.yaml",
                        "The list of api_keys in a file of its own, with its own mode."),
                optional(
                        "gemini.api_keys[].id",
                        new Kind.Name(),
                        "primary",
                        "The name of the key in logs, metrics and commands."),
                secret("gemini.api_keys[].key", "${GEMINI_KEY_1}", "The API key."),
                optional(
                        "gemini.api_keys[].project",
                        new Kind.Name(),
                        "my-project",
                        "Keys of one project share one quota; without it a key has its own."),
                whole(
                        "gemini.api_keys[].weight",
                        1,
                        10_000,
                        "100",
                        "Its share of the requests, relative to the other keys."),
                optional(
                        "gemini.api_keys[].expires_at",
                        new Kind.Day(),
                        "2027-01-31",
                        "The last day it is used."),
                optional(
                        "gemini.api_keys[].max_requests_per_minute",
                        new Kind.Whole(1, MILLION),
                        "60",
                        "The most requests this key serves in a minute."),
                optional(
                        "gemini.api_keys[].billing_account",
                        new Kind.Name(),
                        "my-account",
                        "The billing account of the project: tiers, caps and credit belong to it."),
                optional(
                        "gemini.api_keys[].tier",
                        new Kind.Name(),
                        "tier-1",
                        "The tier of that account, as keys list shows it."),
                optional(
                        LIMITS + ".requests_per_minute",
                        new Kind.Whole(0, MILLION),
                        "5",
                        "Requests of the project for the model in a minute."),
                optional(
                        LIMITS + ".tokens_per_minute",
                        new Kind.Whole(0, 1L << 40),
                        "250000",
                        "Input tokens of the project for the model in a minute."),
                optional(
                        LIMITS + ".requests_per_day",
                        new Kind.Whole(0, 1L << 40),
                        "100",
                        "Requests until midnight in Los Angeles."),
                optional(
                        LIMITS + ".dollars_per_10_minutes",
                        new Kind.Whole(0, MILLION),
                        "10",
                        "Spend of the project in any ten minutes."),
                flag("auth.enabled", "true", "Without it the proxy serves loopback only."),
                secret(
                        "auth.jwt_secret",
                        "${JWT_SECRET}",
                        "Signs and verifies client tokens (HS256/384/512); at least 32 bytes."),
                whole(
                        "auth.clock_skew_seconds",
                        0,
                        300,
                        "30",
                        "How far the clocks of token issuers may be off."),
                optional(
                        "auth.rate_limit_per_minute",
                        new Kind.Whole(1, MILLION),
                        "60",
                        "Requests per minute of a client that has no own limit; without: none."),
                secret(
                        "auth.admin_password",
                        "${ADMIN_PASSWORD}",
                        "The password login of the admin port, at least 12 characters."));
    }

    private static List<Setting> fromLimits() {
        return List.of(
                optional(
                        "limits.client.tokens_per_minute",
                        new Kind.Whole(1, 1L << 40),
                        "1000000",
                        "Tokens per minute of a client that has no own limit; without: none."),
                optional(
                        "limits.client.requests_per_day",
                        new Kind.Whole(1, 1L << 40),
                        "10000",
                        "Requests per day (UTC) of a client that has no own limit; without: none."),
                optional(
                        "limits.address.requests_per_minute",
                        new Kind.Whole(1, MILLION),
                        "600",
                        "Requests per minute of one client address, whoever calls; without: none."),
                optional(
                        "limits.address.auth_failures_per_minute",
                        new Kind.Whole(1, MILLION),
                        "30",
                        "After so many credentials of one address that do not hold no more are"
                                + " looked at for a minute; without: any number."),
                optional(
                        "limits.global.requests_per_minute",
                        new Kind.Whole(1, 1L << 40),
                        "6000",
                        "Requests per minute of all clients together; without: none."),
                optional(
                        "limits.global.tokens_per_minute",
                        new Kind.Whole(1, 1L << 40),
                        "10000000",
                        "Tokens per minute of all clients together; without: none."),
                new Setting(
                        "limits.unpriced_models",
                        new Kind.Choice(List.of("refuse", "allow"), List.of()),
                        Optional.of("refuse"),
                        false,
                        "Whether clients with a budget in dollars may call models whose price is"
                                + " not known.",
                        "allow"));
    }

    private static List<Setting> fromAdministration() {
        return List.of(
                host("admin.host", "127.0.0.1", "The address the admin port binds."),
                whole("admin.port", 0, 65_535, "9090", "The admin port; 0 lets the kernel choose."),
                flag(
                        "admin.open_endpoints",
                        "true",
                        "Whether metrics, performance and errors need no token."),
                whole(
                        "admin.token_expiry_hours",
                        1,
                        720,
                        "12",
                        "How long the token of a login or refresh is valid."),
                whole(
                        "admin.session_timeout_minutes",
                        1,
                        43_200,
                        "60",
                        "A session that is not used for so long is over."),
                whole(
                        "admin.max_login_attempts",
                        1,
                        100,
                        "5",
                        "Vain logins of an address until it is locked out; ten times as many of all"
                                + " addresses lock the account."),
                whole(
                        "admin.lockout_duration_minutes",
                        1,
                        1_440,
                        "15",
                        "For how long, from the last vain login."),
                optional("admin.tls", NOT_YET, "{}", "TLS of the admin port."),
                optional("admin.socket", NOT_YET, "/run/gemproxy/admin.sock", "A Unix socket."),
                optional("admin.config_writes", NOT_YET, "false", "Writing of this file."),
                optional(
                        "usage.prices_file",
                        new Kind.FilePath(),
                        "config/prices.yaml",
                        "Prices of your own, over those this version comes with."),
                flag("metrics.enabled", "true", "Whether /metrics is served."),
                optional(
                        "metrics.prometheus_port",
                        new Kind.Whole(0, 65_535),
                        "9090",
                        "The older name of admin.port."),
                flag("metrics.compat_names", "false", "Whether older metric names are kept too."),
                optional(
                        "telemetry.otlp.endpoint",
                        new Kind.Origin(),
                        "http://127.0.0.1:4318",
                        "An OTLP/HTTP collector; without one nothing is sent."),
                flag("telemetry.otlp.traces", "true", "Whether it is sent spans."),
                flag("telemetry.otlp.metrics", "true", "Whether it is sent metrics."),
                seconds("telemetry.otlp.interval_seconds", 3_600, "60", "Between two of metrics."),
                whole(
                        "telemetry.otlp.sample_percent",
                        0,
                        100,
                        "100",
                        "Of the requests whose caller does not say whether it samples."),
                standard(
                        "telemetry.service_name",
                        new Kind.Name(),
                        "gemproxy",
                        "What the collector calls this server."),
                new Setting(
                        "logging.level",
                        new Kind.Choice(
                                List.of("error", "warn", "info", "debug", "trace"), List.of()),
                        Optional.of("info"),
                        false,
                        "The least important level that is written.",
                        "info"),
                new Setting(
                        "logging.format",
                        new Kind.Choice(List.of("json", "text"), List.of()),
                        Optional.of("json"),
                        false,
                        "One JSON object or one text line per record, on standard output.",
                        "json"),
                file("audit.path", "logs/audit.log", "The audit log, one JSON object a line."),
                new Setting(
                        "audit.on_failure",
                        new Kind.Choice(List.of("allow", "block"), List.of()),
                        Optional.of("allow"),
                        false,
                        "Whether requests are served while the audit log cannot be written.",
                        "block"),
                new Setting(
                        "audit.fsync",
                        new Kind.Choice(List.of("batch", "second", "none"), List.of()),
                        Optional.of("second"),
                        false,
                        "When records are handed to the disk, and so what a power cut may cost.",
                        "batch"),
                file(
                        "audit.chain_key_file",
                        "config/audit-chain.key",
                        "The key of the hash chain; made where there is none."),
                whole(
                        "audit.rotate_bytes",
                        4_096,
                        1L << 40,
                        "104857600",
                        "How large the file may get before a new one is begun."),
                flag("audit.rotate_daily", "true", "Whether each day, by UTC, has its own file."),
                optional(
                        "audit.keep_files",
                        new Kind.Whole(1, MILLION),
                        "100",
                        "The most rotated files that are kept; without it there is no such limit."),
                whole("audit.keep_days", 1, 36_500, "90", "How long a rotated file is kept."),
                whole(
                        "audit.keep_bytes",
                        1,
                        1L << 50,
                        "10737418240",
                        "How much all rotated files may take; the oldest go first."),
                file("state.dir", "var", "What must survive a restart."));
    }

    private static Setting optional(String path, Kind kind, String example, String doc) {
        return new Setting(path, kind, Optional.empty(), false, doc, example);
    }

    private static Setting secret(String path, String example, String doc) {
        return new Setting(path, new Kind.Text(true), Optional.empty(), true, doc, example);
    }

    private static Setting standard(String path, Kind kind, String standard, String doc) {
        return new Setting(path, kind, Optional.of(standard), false, doc, standard);
    }

    private static Setting whole(String path, long min, long max, String standard, String doc) {
        return standard(path, new Kind.Whole(min, max), standard, doc);
    }

    private static Setting seconds(String path, long max, String standard, String doc) {
        return whole(path, 1, max, standard, doc);
    }

    private static Setting flag(String path, String standard, String doc) {
        return standard(path, new Kind.Flag(), standard, doc);
    }

    private static Setting host(String path, String standard, String doc) {
        return standard(path, new Kind.Host(), standard, doc);
    }

    private static Setting file(String path, String standard, String doc) {
        return standard(path, new Kind.FilePath(), standard, doc);
    }
}
