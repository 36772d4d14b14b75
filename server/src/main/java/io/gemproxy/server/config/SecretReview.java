package io.gemproxy.server.config;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Judges the signing secret and the admin password; sees them, never shows them. */
final class SecretReview {
    private static final int SHORTEST_SECRET_BYTES = 32;
    private static final int SHORTEST_PASSWORD = 12;
    private static final String STRONG = "use the output of: openssl rand -base64 48";

    private final Leaves leaves;
    private final Report report;

    SecretReview(Leaves leaves, Report report) {
        this.leaves = leaves;
        this.report = report;
    }

    void signingSecret(Leaf leaf) {
        String secret = leaf.text();
        int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
        if (KnownSecrets.isPlaceholder(secret)) {
            report.add(Rule.KNOWN_SECRET, leaf, "is an example or a word everybody knows", STRONG);
        } else if (bytes < SHORTEST_SECRET_BYTES) {
            String what = "has " + bytes + " bytes; HS256 needs at least " + SHORTEST_SECRET_BYTES;
            report.add(Rule.SHORT_SECRET, leaf, what, STRONG);
        } else if (!SecretStrength.isVaried(secret) || !isHardToGuess(secret)) {
            report.add(Rule.PLAIN_SECRET, leaf, "does not look random", STRONG);
        }
    }

    void adminPassword(Leaf leaf) {
        String password = leaf.text();
        if (KnownSecrets.isPlaceholder(password)) {
            report.add(
                    Rule.KNOWN_PASSWORD,
                    leaf,
                    "is an example or a word everybody knows",
                    "set ADMIN_PASSWORD, or leave it out: then there is no password login");
        } else if (password.codePointCount(0, password.length()) < SHORTEST_PASSWORD) {
            report.add(
                    Rule.SHORT_PASSWORD,
                    leaf,
                    "has fewer than " + SHORTEST_PASSWORD + " characters",
                    "use a longer one, or leave it out: then there is no password login");
        } else if (!isHardToGuess(password)) {
            report.add(
                    Rule.PLAIN_PASSWORD,
                    leaf,
                    "has fewer than three of small letters, capitals, digits and other signs",
                    "mix them, or use 32 or more random characters");
        }
    }

    /** A secret that is used for two things tells both when it is lost. */
    void eachForOnePurpose() {
        Map<String, Leaf> first = new HashMap<>();
        for (Setting setting : Settings.all()) {
            leaves.all().stream()
                    .filter(leaf -> setting.secret() && isOf(leaf, setting))
                    .filter(leaf -> !KnownSecrets.isExampleKey(leaf.text()))
                    .forEach(leaf -> onePurpose(leaf, first));
        }
    }

    private static boolean isOf(Leaf leaf, Setting setting) {
        return leaf.setting().path().equals(setting.path());
    }

    private void onePurpose(Leaf leaf, Map<String, Leaf> first) {
        Leaf other = first.putIfAbsent(leaf.text(), leaf);
        if (other != null && !isOf(other, leaf.setting())) {
            report.add(
                    Rule.SHARED_SECRET,
                    leaf,
                    "is the same as " + other.path(),
                    "use a secret of its own for each purpose");
        }
    }

    private static boolean isHardToGuess(String secret) {
        return SecretStrength.isMixed(secret) || SecretStrength.looksRandom(secret);
    }
}
