package io.gemproxy.server.config;

import io.gemproxy.server.authentication.IssuerConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Judges the entries of {@code auth.jwks}. */
final class IssuersReview {
    /** As a claim of a token may be. */
    private static final Pattern CLAIM = Pattern.compile("[!-~]{1,128}");

    private static final Pattern PREFIX = Pattern.compile("[\\p{L}\\p{Nd}._@:+/=|~#()-]{0,64}");

    private final Leaves leaves;
    private final Report report;
    private final Map<String, Leaf> issuers = new HashMap<>();

    IssuersReview(Leaves leaves, Report report) {
        this.leaves = leaves;
        this.report = report;
    }

    void run() {
        List<Spot> entries = leaves.entries(IssuerSettings.ISSUERS);
        for (int i = 0; i < entries.size(); i++) {
            entry(Leaves.entryPath(IssuerSettings.ISSUERS, i), entries.get(i));
        }
    }

    private void entry(String path, Spot spot) {
        given(path + ".issuer")
                .ifPresentOrElse(
                        this::issuer,
                        () -> missing(path + ".issuer", spot, "give the iss of its tokens"));
        keys(path, spot);
        given(path + ".audience").ifPresent(leaf -> claim(leaf));
        given(path + ".subject_prefix")
                .filter(leaf -> !PREFIX.matcher(leaf.text()).matches())
                .ifPresent(leaf -> malformed(leaf, "what a client's name may begin with"));
        algorithms(path + ".algorithms").forEach(this::algorithm);
    }

    private void issuer(Leaf leaf) {
        claim(leaf);
        Leaf first = issuers.putIfAbsent(leaf.text(), leaf);
        if (first != null) {
            report.add(
                    Rule.DUPLICATE_ID,
                    leaf,
                    "is the issuer of another entry; see " + first.spot().place(),
                    "put the keys of one issuer into one key set");
        }
    }

    private void keys(String path, Spot spot) {
        Optional<Leaf> url = given(path + ".url");
        Optional<Leaf> file = given(path + ".file");
        if (url.isPresent() && file.isPresent()) {
            report.add(Rule.GIVEN_TWICE, file.get(), "url is given too", "keep either url or file");
        } else if (url.isEmpty() && file.isEmpty()) {
            missing(path + ".url", spot, "set url, or file");
        }
        url.filter(leaf -> IssuerAssembly.https(leaf.text()).isEmpty())
                .ifPresent(leaf -> malformed(leaf, "an https address without user or fragment"));
    }

    private void claim(Leaf leaf) {
        if (!CLAIM.matcher(leaf.text()).matches()) {
            malformed(leaf, "1 to 128 printable characters without a space");
        }
    }

    private Stream<Leaf> algorithms(String path) {
        return leaves.all().stream()
                .filter(leaf -> leaf.path().equals(path) || leaf.path().startsWith(path + "["));
    }

    private void algorithm(Leaf leaf) {
        for (String name : leaf.text().split(",", -1)) {
            if (!name.isBlank() && !IssuerConfig.ALGORITHMS.contains(name.strip())) {
                report.add(
                        Rule.NOT_A_CHOICE,
                        leaf,
                        leaf.shown(name.strip()) + " is not an algorithm of issuers",
                        "use "
                                + String.join(
                                        ", ", IssuerConfig.ALGORITHMS.stream().sorted().toList()));
            }
        }
    }

    private void malformed(Leaf leaf, String phrase) {
        report.add(
                Rule.MALFORMED,
                leaf,
                "must be " + phrase,
                "for example " + leaf.setting().name() + ": " + leaf.setting().example());
    }

    private void missing(String path, Spot spot, String fix) {
        if (report.mayCallMissing(path)) {
            Spot place = leaves.find(path).map(Leaf::spot).orElse(spot);
            report.add(Rule.MISSING, place, path, "is missing", fix);
        }
    }

    private Optional<Leaf> given(String path) {
        return leaves.find(path).filter(leaf -> !leaf.isBlank());
    }
}
