package io.gemproxy.server.config;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges the entries of {@code gemini.api_keys}. */
final class KeysReview {
    private static final int SOON_DAYS = 14;

    private final Leaves leaves;
    private final Reading read;
    private final Report report;
    private final LocalDate today;
    private final Map<String, Leaf> ids = new HashMap<>();
    private final Map<String, String> keys = new HashMap<>();

    KeysReview(Leaves leaves, Reading read, Report report, LocalDate today) {
        this.leaves = leaves;
        this.read = read;
        this.report = report;
        this.today = today;
    }

    void run(Spot whole) {
        List<Spot> entries = leaves.entries(KeySettings.KEYS);
        if (entries.isEmpty() && mayCallKeysMissing()) {
            report.add(
                    Rule.MISSING,
                    leaves.sectionSpot("gemini", whole),
                    KeySettings.KEYS,
                    "there is no API key here or in this environment, so nothing can be asked of"
                            + " Gemini",
                    "set GEMINI_API_KEY, as a running server may have in its own environment, or"
                            + " add an entry with id and key");
        }
        for (int i = 0; i < entries.size(); i++) {
            entry(Leaves.entryPath(KeySettings.KEYS, i), entries.get(i));
        }
    }

    private boolean mayCallKeysMissing() {
        return report.mayCallMissing(KeySettings.KEYS)
                && report.mayCallMissing("gemini.api_keys_file");
    }

    private void entry(String path, Spot spot) {
        Optional<Leaf> id = leaves.find(path + ".id").filter(leaf -> !leaf.isBlank());
        id.ifPresentOrElse(this::id, () -> missing(path + ".id", spot, "every key needs a name"));
        leaves.find(path + ".key")
                .filter(leaf -> !leaf.isBlank())
                .ifPresentOrElse(
                        leaf -> key(leaf, id.map(Leaf::text).orElse("")),
                        () -> missing(path + ".key", spot, "set key, or key_file"));
        read.day(path + ".expires_at").ifPresent(day -> expiry(path + ".expires_at", day));
    }

    private void missing(String path, Spot spot, String fix) {
        if (report.mayCallMissing(path)) {
            Spot place = leaves.find(path).map(Leaf::spot).orElse(spot);
            report.add(Rule.MISSING, place, path, "is missing", fix);
        }
    }

    private void id(Leaf leaf) {
        String id = leaf.text();
        Leaf first = ids.putIfAbsent(id, leaf);
        if (first != null) {
            report.add(
                    Rule.DUPLICATE_ID,
                    leaf,
                    "is the id of another entry; see " + first.spot().place(),
                    "give each key an id of its own");
        }
    }

    private void key(Leaf leaf, String id) {
        if (KnownSecrets.isExampleKey(leaf.text())) {
            report.add(
                    Rule.EXAMPLE_API_KEY,
                    leaf,
                    "is an example, not an API key",
                    "put a key from https://aistudio.google.com/apikey here, or set"
                            + " GEMINI_API_KEYS");
            return;
        }
        if (Shown.isToken(leaf.text())) {
            report.add(
                    Rule.TOKEN_AS_API_KEY,
                    leaf,
                    "is a token of gemproxy, not a Gemini key; it must not be sent to Google",
                    "put a key from https://aistudio.google.com/apikey here, and the token into"
                            + " the client");
            return;
        }
        String first = keys.putIfAbsent(leaf.text(), id);
        if (first != null) {
            report.add(
                    Rule.SAME_API_KEY,
                    leaf,
                    "is the same API key as that of " + Shown.name(first),
                    "remove one of the two entries");
        }
    }

    private void expiry(String path, LocalDate day) {
        Spot spot = leaves.find(path).map(Leaf::spot).orElseThrow();
        if (day.isBefore(today)) {
            String what = "this key's last day is past; it is not used";
            report.add(Rule.KEY_EXPIRED, spot, path, what, "renew or remove it");
        } else if (day.isBefore(today.plusDays(SOON_DAYS))) {
            String what = "this key expires within " + SOON_DAYS + " days";
            report.add(Rule.KEY_EXPIRES_SOON, spot, path, what, "renew it");
        }
    }
}
