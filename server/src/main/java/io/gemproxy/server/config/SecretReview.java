package io.gemproxy.server.config;

import java.nio.charset.StandardCharsets;

/** Judges the signing secret and the admin password; sees them, never shows them. */
final class SecretReview {
    private static final int SHORTEST_SECRET_BYTES = 32;
    private static final int SHORTEST_PASSWORD = 12;
    private static final double RANDOM_LOOKING_BITS = 3.0;
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
        } else if (bitsPerCharacter(secret) < RANDOM_LOOKING_BITS) {
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
        } else if (leaves.find("auth.jwt_secret").filter(it -> isSame(it, leaf)).isPresent()) {
            report.add(
                    Rule.SHARED_SECRET,
                    leaf,
                    "is the same as auth.jwt_secret",
                    "use a secret of its own for each purpose");
        }
    }

    private static boolean isSame(Leaf one, Leaf other) {
        return one.text().equals(other.text());
    }

    /** Shannon entropy of the characters. */
    static double bitsPerCharacter(String text) {
        return text.chars()
                .distinct()
                .mapToDouble(c -> text.chars().filter(it -> it == c).count())
                .map(count -> count / text.length())
                .map(share -> -share * Math.log(share) / Math.log(2))
                .sum();
    }
}
