package io.gemproxy.server.config;

import io.gemproxy.server.listener.certificates.acme.AcmeConfig;
import io.gemproxy.server.listener.certificates.acme.AcmeConfig.ChallengeType;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.regex.Pattern;

/** Judges whether certificates can be had by ACME as it is configured. */
final class AcmeReview {
    private static final String HERE = AcmeSettings.SECTION + ".";
    private static final int HTTPS = 443;

    /** RFC 1034 as authorities take it: at least two labels, a star only as the first one. */
    private static final Pattern NAME =
            Pattern.compile(
                    "(?=.{1,253}$)(\\*\\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+"
                            + "[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-f:.\\[\\]]*:.*");
    private static final Pattern BASE64URL = Pattern.compile("[A-Za-z0-9_-]{16,}");

    private final AcmeConfig acme;
    private final GemproxyConfig config;
    private final Leaves leaves;
    private final Report report;
    private final Spot whole;

    AcmeReview(GemproxyConfig config, Leaves leaves, Report report, String source) {
        this.acme = config.acme();
        this.config = config;
        this.leaves = leaves;
        this.report = report;
        this.whole = Spot.whole(source);
    }

    /** An address under which a directory may be found: https, or http on this machine. */
    static Optional<URI> directory(String text) {
        try {
            URI url = new URI(text.strip());
            boolean plain =
                    "http".equals(url.getScheme())
                            && url.getHost() != null
                            && Loopback.is(url.getHost());
            boolean fit =
                    ("https".equals(url.getScheme()) || plain)
                            && url.getHost() != null
                            && url.getPort() <= 65_535
                            && url.getRawUserInfo() == null
                            && url.getRawFragment() == null;
            return fit ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    void run() {
        directoryUrl("directory_url");
        directoryUrl("fallback_directory_url");
        externalAccount();
        if (acme.enabled()) {
            names();
            challenge();
        } else if (config.server().tls().acmeEnabled()) {
            add(
                    Rule.ACME_IDLE,
                    "enabled",
                    "has no effect: the proxy port speaks no TLS",
                    "set server.tls.enabled to true");
        }
    }

    private void directoryUrl(String name) {
        leaves.find(HERE + name)
                .filter(leaf -> !leaf.isBlank() && directory(leaf.text()).isEmpty())
                .ifPresent(leaf ->
                        report.add(
                                Rule.MALFORMED,
                                leaf,
                                "must be an https address without user or fragment",
                                "for example https://acme-v02.api.letsencrypt.org/directory"));
    }

    private void externalAccount() {
        Optional<Leaf> kid = given("eab_kid");
        Optional<Leaf> key = given("eab_hmac_key");
        if (kid.isPresent() != key.isPresent()) {
            report.add(
                    Rule.ACME_ACCOUNT,
                    kid.or(() -> key).orElseThrow(),
                    "stands alone, and name and key belong together",
                    "give eab_kid and eab_hmac_key, or neither");
        }
        key.filter(leaf -> !BASE64URL.matcher(leaf.text().strip()).matches())
                .ifPresent(leaf ->
                        report.add(
                                Rule.ACME_ACCOUNT,
                                leaf,
                                "is not base64url",
                                "copy it as the authority shows it, without = at its end"));
    }

    private Optional<Leaf> given(String name) {
        return leaves.find(HERE + name).filter(leaf -> !leaf.isBlank());
    }

    private void names() {
        if (acme.domains().isEmpty()) {
            if (report.mayCallMissing(HERE + "domains")) {
                add(
                        Rule.ACME_NAMES,
                        "domains",
                        "names nothing that a certificate could be for",
                        "for example domains: [\"proxy.example.com\"]");
            }
            return;
        }
        acme.domains().forEach(this::name);
    }

    private void name(String name) {
        if (ADDRESS.matcher(name).matches()) {
            add(
                    Rule.ACME_NAMES,
                    "domains",
                    "has an address, and certificates are ordered for names",
                    "give the name that clients use");
        } else if (!NAME.matcher(name).matches()) {
            add(
                    Rule.ACME_NAMES,
                    "domains",
                    "has what is no name of the public DNS",
                    "for example proxy.example.com; what is not ASCII in its xn-- form");
        } else if (name.startsWith("*.") && acme.challenge() != ChallengeType.DNS_01) {
            add(
                    Rule.ACME_NAMES,
                    "domains",
                    "has a wildcard, which authorities check by dns-01 only",
                    "name each host, or set challenge to dns-01");
        }
    }

    private void challenge() {
        if (acme.challenge() == ChallengeType.TLS_ALPN_01 && config.server().port() != HTTPS) {
            add(
                    Rule.ACME_PORT,
                    "challenge",
                    "authorities connect to port 443, and the proxy port is another",
                    "see to it that port 443 leads here, or use http-01 or dns-01");
        }
        if (acme.challenge() == ChallengeType.DNS_01) {
            hook();
        }
    }

    private void hook() {
        if (acme.hook().isEmpty()) {
            add(
                    Rule.ACME_CHALLENGE,
                    "dns_hook",
                    "is missing, so no DNS record can be made",
                    "name a program; docs/certificates.md shows one");
        } else if (Files.isDirectory(acme.hook().get().program())
                || !Files.isExecutable(acme.hook().get().program())) {
            add(
                    Rule.ACME_CHALLENGE,
                    "dns_hook",
                    "is not a program that this user may run",
                    "see that it is there and has its execute bit");
        }
    }

    private void add(Rule rule, String name, String what, String fix) {
        Spot spot =
                leaves.find(HERE + name)
                        .map(Leaf::spot)
                        .orElseGet(() -> leaves.sectionSpot(HERE + name, whole));
        report.add(rule, spot, HERE + name, what, fix);
    }
}
