package io.gemproxy.server.config;

import io.gemproxy.server.listener.ServerConfig;
import io.gemproxy.server.listener.TrustedProxiesConfig.Network;
import io.gemproxy.server.telemetry.TelemetryConfig;
import java.util.Optional;

/** Looks at the configuration as a careful colleague would before letting it run. */
final class Review {
    private final GemproxyConfig config;
    private final Leaves leaves;
    private final Report report;
    private final Spot whole;

    Review(GemproxyConfig config, Leaves leaves, Report report, String source) {
        this.config = config;
        this.leaves = leaves;
        this.report = report;
        this.whole = Spot.whole(source);
    }

    void run() {
        listener();
        trustedProxies();
        telemetry();
        authentication();
        admin();
        upstream();
        operation();
    }

    private void listener() {
        ServerConfig server = config.server();
        boolean open = !Loopback.is(server.host());
        if (open && !server.tls().enabled() && !server.allowPlaintext()) {
            report.add(
                    Rule.PLAINTEXT,
                    at("server.tls.enabled"),
                    "server.tls.enabled",
                    "without TLS the proxy port may only bind a loopback address",
                    "set it to true, or server.host to 127.0.0.1, or, behind a TLS proxy,"
                            + " server.allow_plaintext to true");
        }
        if (open
                && !server.tls().enabled()
                && server.allowPlaintext()
                && server.trustedProxies().networks().isEmpty()) {
            report.add(
                    Rule.PLAINTEXT_ALLOWED,
                    at("server.allow_plaintext"),
                    "server.allow_plaintext",
                    "tokens and prompts cross the network in the clear up to the TLS proxy",
                    "name that proxy in server.trusted_proxies, or bind 127.0.0.1 beside it");
        }
        if (open && !config.authentication().enabled()) {
            report.add(
                    Rule.OPEN_PROXY,
                    at("auth.enabled"),
                    "auth.enabled",
                    "without authentication the proxy port may only bind a loopback address",
                    "set it to true, or server.host to 127.0.0.1");
        }
    }

    private void telemetry() {
        given("telemetry.otlp.headers")
                .filter(leaf -> !TelemetryConfig.isHeaders(leaf.text()))
                .ifPresent(leaf ->
                        report.add(
                                Rule.MALFORMED,
                                leaf,
                                "must be name=value pairs with commas between them",
                                "for example Authorization=Bearer%20TOKEN"));
    }

    private void trustedProxies() {
        for (Leaf leaf : leaves.all()) {
            boolean text = leaf.form() == Leaf.Form.TEXT || leaf.form() == Leaf.Form.ANY;
            if (text && leaf.setting().path().equals("server.trusted_proxies")) {
                for (String network : leaf.text().split(",", -1)) {
                    trustedProxy(leaf, network.strip());
                }
            }
        }
    }

    private void trustedProxy(Leaf leaf, String text) {
        Optional<Network> network = Network.parse(text);
        if (network.isEmpty() && !text.isEmpty()) {
            report.add(
                    Rule.MALFORMED,
                    leaf,
                    "must be IP addresses or networks in CIDR form",
                    "for example trusted_proxies: [\"10.0.0.0/8\", \"::1\"]");
        } else if (network.isPresent() && network.get().bits() == 0) {
            report.add(
                    Rule.TRUSTS_EVERYBODY,
                    leaf,
                    "believes every client that says it is somebody else",
                    "name the networks of your own proxies");
        }
    }

    private void authentication() {
        SecretReview secrets = new SecretReview(leaves, report);
        Optional<Leaf> secret = given("auth.jwt_secret");
        if (secret.isPresent()) {
            secrets.signingSecret(secret.get());
        } else if (config.authentication().enabled()
                && config.authentication().issuers().isEmpty()
                && report.mayCallMissing("auth.jwt_secret")) {
            report.add(
                    Rule.NO_SIGNING_SECRET,
                    leaves.find("auth.jwt_secret")
                            .map(Leaf::spot)
                            .orElseGet(() -> leaves.sectionSpot("auth", whole)),
                    "auth.jwt_secret",
                    "is missing, so no client token can be verified",
                    "set JWT_SECRET, or auth.jwt_secret to the output of: openssl rand -base64 48");
        }
        given("auth.admin_password").ifPresent(secrets::adminPassword);
        secrets.eachForOnePurpose();
        if (config.authentication().enabled()
                && config.rateLimit().client().requestsPerMinute().isEmpty()
                && report.mayCallMissing("auth.rate_limit_per_minute")) {
            report.add(
                    Rule.NO_LIMIT,
                    leaves.sectionSpot("auth", whole),
                    "auth.rate_limit_per_minute",
                    "is not set, so a client whose token names no limit has none",
                    "for example rate_limit_per_minute: 60");
        }
    }

    private Optional<Leaf> given(String path) {
        return leaves.find(path).filter(leaf -> !leaf.isBlank());
    }

    private void admin() {
        if (!Loopback.is(config.admin().host()) && !config.adminTls().enabled()) {
            report.add(
                    Rule.EXPOSED_ADMIN,
                    at("admin.host"),
                    "admin.host",
                    "the admin port speaks plain HTTP and can be reached from other machines",
                    "set admin.tls.enabled to true, or bind 127.0.0.1 and use a tunnel");
        }
        adminCertificate();
        Optional<Leaf> older = leaves.find("metrics.prometheus_port");
        Optional<Leaf> newer = leaves.find("admin.port");
        if (older.isPresent()
                && newer.isPresent()
                && older.get().layer() == newer.get().layer()
                && !older.get().text().strip().equals(newer.get().text().strip())) {
            report.add(
                    Rule.GIVEN_TWICE,
                    older.get(),
                    "is the older name of admin.port, which has another value",
                    "keep only admin.port");
        }
    }

    private void adminCertificate() {
        Optional<Leaf> certificate = given("admin.tls.cert_path");
        Optional<Leaf> key = given("admin.tls.key_path");
        if (config.adminTls().enabled() && certificate.isPresent() != key.isPresent()) {
            report.add(
                    Rule.CERTIFICATE_UNUSABLE,
                    certificate.or(() -> key).orElseThrow(),
                    "stands alone, and certificate and key belong together",
                    "give admin.tls.cert_path and admin.tls.key_path, or neither for those of"
                            + " server.tls");
        }
    }

    private void upstream() {
        var base = config.upstream().baseUrl();
        if ("http".equals(base.getScheme()) && !Loopback.is(base.getHost())) {
            report.add(
                    Rule.PLAINTEXT_UPSTREAM,
                    at("gemini.base_url"),
                    "gemini.base_url",
                    "API keys and prompts would cross the network in the clear",
                    "use https://");
        }
        long seconds = config.upstream().firstByteTimeout().toSeconds();
        if (seconds < 60) {
            report.add(
                    Rule.SHORT_TIMEOUT,
                    at("gemini.timeout_seconds"),
                    "gemini.timeout_seconds",
                    "thinking models may need minutes to the first byte; "
                            + seconds
                            + " s will cut them off",
                    "leave it out for 300, or set at least 60");
        }
    }

    private void operation() {
        String chainKey = "audit.chain_key_file";
        FileModes.ofSecret(config.audit().chainKeyFile(), at(chainKey), chainKey, report);
        leaves.find("server.workers")
                .ifPresent(leaf ->
                        report.add(
                                Rule.WORKERS,
                                leaf,
                                "has no effect: requests run on virtual threads",
                                "remove it, or leave it for older versions"));
    }

    /** The setting's own line, or its section's, or the file. */
    private Spot at(String path) {
        return leaves.find(path).map(Leaf::spot).orElseGet(() -> leaves.sectionSpot(path, whole));
    }
}
