package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each security finding takes from the score of 100, in numbers. */
class SecurityScoreTest {
    private static final String TOKEN = "eyJ0eXAiOiJKV1QifQ.eyJzdWIiOiJjaSJ9.c2lnbmF0dXJl-b2YtYQ";
    private static final String DIGEST = "sha256:" + "9f86d081884c7d65".repeat(4);

    @TempDir Path directory;

    /** A configuration with one finding that weighs. */
    record Case(Rule rule, int score, String yaml, List<String> environment) {
        @Override
        public String toString() {
            return rule + " leaves " + score;
        }
    }

    private static Case of(Rule rule, int score, String yaml, String... environment) {
        return new Case(rule, score, yaml, List.of(environment));
    }

    static Stream<Case> cases() {
        return Stream.of(
                of(Rule.PLAINTEXT, 75, "server: {tls: {enabled: false}}"),
                of(
                        Rule.PLAINTEXT_ALLOWED,
                        90,
                        "server: {allow_plaintext: true, tls: {enabled: false}}"),
                of(Rule.TRUSTS_EVERYBODY, 80, "server: {trusted_proxies: ['::/0']}"),
                of(Rule.CERTIFICATE_EXPIRED, 90, "server: {tls: {cert_path: expired.pem}}"),
                of(Rule.CERTIFICATE_EXPIRES_SOON, 95, "server: {tls: {cert_path: soon.pem}}"),
                of(Rule.OPEN_PROXY, 60, "auth: {enabled: false}"),
                of(Rule.NO_SIGNING_SECRET, 70, "", "JWT_SECRET="),
                of(Rule.SHORT_SECRET, 70, "", "JWT_SECRET=aB3-dE6gH9jK2"),
                of(Rule.KNOWN_SECRET, 70, "", "JWT_SECRET=changeme"),
                of(
                        Rule.PLAIN_SECRET,
                        90,
                        "",
                        "JWT_SECRET=the-quick-brown-fox-jumps-over-the-lazy-dog"),
                of(Rule.SHORT_PASSWORD, 80, "", "ADMIN_PASSWORD=x7Kq-2mW"),
                of(Rule.KNOWN_PASSWORD, 75, "", "ADMIN_PASSWORD=administrator"),
                of(Rule.PLAIN_PASSWORD, 95, "", "ADMIN_PASSWORD=correct horse battery"),
                of(Rule.SHARED_SECRET, 90, "", "ADMIN_PASSWORD=" + Loads.SECRET),
                of(
                        Rule.EXAMPLE_API_KEY,
                        90,
                        "gemini: {api_keys: [{id: a, key: your-api-key}]}",
                        "GEMINI_API_KEY="),
                of(
                        Rule.SAME_API_KEY,
                        95,
                        "gemini: {api_keys: [{id: a, key: AIzaSyAlpha-1}, {id: b, key: AIzaSyAlpha-1}]}"),
                of(Rule.TOKEN_AS_API_KEY, 90, "", "GEMINI_API_KEY=" + TOKEN),
                of(
                        Rule.SECRET_IN_THE_OPEN,
                        90,
                        "audit: {path: logs/AIzaSyReal-9Qw7Ue5Rt3Yi1Op0AsD.log}"),
                of(
                        Rule.KEY_EXPIRED,
                        95,
                        "gemini: {api_keys: [{id: a, key: AIzaSyAlpha-1, expires_at: 2026-11-20}]}"),
                of(Rule.PLAINTEXT_UPSTREAM, 85, "gemini: {base_url: 'http://gateway.example'}"),
                of(Rule.EXPOSED_ADMIN, 85, "admin: {host: 0.0.0.0, open_endpoints: false}"),
                of(Rule.OPEN_ENDPOINTS, 95, "admin: {host: '::', tls: {enabled: true}}"),
                of(Rule.LONG_TOKENS, 95, "auth: {token_max_lifetime_days: 366}"),
                of(Rule.LONG_TOKENS, 95, "auth: {oauth_token_lifetime_seconds: 3601}"),
                of(Rule.LONG_TOKENS, 95, "admin: {token_expiry_hours: 25}"),
                of(Rule.LONG_TOKENS, 95, "admin: {session_timeout_minutes: 1441}"),
                of(Rule.NO_LIMIT, 98, "auth: {clock_skew_seconds: 30}", "UNLIMITED=1"),
                of(
                        Rule.CLIENT_KEY_IN_THE_OPEN,
                        90,
                        "auth: {clients: [{name: ci, keys: [gp_" + "0123456789".repeat(5) + "]}]}"),
                of(
                        Rule.SAME_CLIENT_KEY,
                        95,
                        "auth: {clients: [{name: a, keys: ['@']}, {name: b, keys: ['@']}]}"
                                .replace("@", DIGEST)),
                of(Rule.READABLE_FILE, 90, "server: {tls: {key_path: open.pem}}"),
                of(Rule.READABLE_FILE, 90, "auth: {jwt_secret_file: readable}"),
                of(Rule.WRITABLE_FILE, 85, "auth: {jwt_secret_file: writable}"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void leavesSoMuch(Case it) throws IOException {
        files();
        Map<String, String> environment = new HashMap<>();
        for (String assignment : it.environment()) {
            String[] parts = assignment.split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        boolean limited =
                !environment.containsKey("UNLIMITED") && !it.yaml().contains("enabled: false}");
        if (limited || it.yaml().startsWith("server")) {
            environment.put("GEMPROXY_AUTH_RATE_LIMIT_PER_MINUTE", "60");
        }
        List<Finding> findings = Loads.in(directory, it.yaml(), environment).findings();
        List<String> said = ConfigText.lines(findings);
        assertEquals(
                List.of(it.rule()),
                findings.stream().map(Finding::rule).filter(rule -> rule.weight() > 0).toList(),
                said::toString);
        assertEquals(it.score(), ConfigText.score(findings), said::toString);
    }

    /** Certificates of the corpus, each with a key of its own mode, and secrets in files. */
    private void files() throws IOException {
        try (Stream<Path> corpus = Files.list(Path.of("src/test/resources/broken"))) {
            for (Path it : corpus.toList()) {
                certificate(it, "certificate-past-its-end", "expired.pem");
                certificate(it, "certificate-near-its-end", "soon.pem");
            }
        }
        file("certs/key.pem", "-----BEGIN PRIVATE KEY-----\n", "rw-------");
        file("open.pem", "-----BEGIN PRIVATE KEY-----\n", "rw-r--r--");
        file("readable", Loads.SECRET, "rw-r--r--");
        file("writable", Loads.SECRET, "rw--w--w-");
    }

    private void certificate(Path corpus, String name, String file) throws IOException {
        if (corpus.toString().endsWith(name)) {
            file(file, Files.readString(corpus.resolve("cert.pem")), "rw-------");
        }
    }

    private void file(String name, String text, String mode) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(Emissions.OF_THIS_RUN.given(file), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void noFindingWithAWeightIsForgottenHere() {
        Set<Rule> weighty =
                Stream.of(Rule.values())
                        .filter(rule -> rule.weight() > 0)
                        .collect(Collectors.toSet());
        Set<Rule> tried = cases().map(Case::rule).collect(Collectors.toSet());
        tried.add(Rule.SIGNING_SECRET_OLD);
        assertEquals(weighty, tried);
    }

    @Test
    void anOldSigningSecretLeavesNinetyFive() {
        assertEquals(95, ConfigText.score(List.of(finding(Rule.SIGNING_SECRET_OLD))));
    }

    @Test
    void findingsAddUpAndTheScoreIsNotBelowZero() {
        assertEquals(
                45,
                ConfigText.score(
                        List.of(finding(Rule.KNOWN_SECRET), finding(Rule.KNOWN_PASSWORD))));
        assertEquals(
                0,
                ConfigText.score(
                        List.of(
                                finding(Rule.OPEN_PROXY),
                                finding(Rule.OPEN_PROXY),
                                finding(Rule.PLAINTEXT))));
    }

    private static Finding finding(Rule rule) {
        return new Finding(rule, new Place("proxy.yaml", 0, 0), "", "", "", Optional.empty());
    }
}
