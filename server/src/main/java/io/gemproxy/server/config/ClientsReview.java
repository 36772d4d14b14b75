package io.gemproxy.server.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges the entries of {@code auth.clients}. */
final class ClientsReview {
    private final Leaves leaves;
    private final Report report;
    private final Map<String, Leaf> names = new HashMap<>();
    private final Map<String, Leaf> digests = new HashMap<>();

    ClientsReview(Leaves leaves, Report report) {
        this.leaves = leaves;
        this.report = report;
    }

    void run() {
        List<String> paths = leaves.entryPaths(ClientSettings.CLIENTS);
        List<Spot> spots = leaves.entries(ClientSettings.CLIENTS);
        for (int i = 0; i < paths.size(); i++) {
            entry(paths.get(i), spots.get(i));
        }
        for (Leaf leaf : leaves.all()) {
            if (leaf.setting().kind() instanceof Kind.Digests && !leaf.isBlank()) {
                once(
                        digests,
                        leaf,
                        Rule.SAME_CLIENT_KEY,
                        "is given before",
                        "make a key of its own for each client");
            }
            empty(leaf);
        }
    }

    private void entry(String path, Spot spot) {
        Optional<Leaf> name = leaves.find(path + ".name").filter(leaf -> !leaf.isBlank());
        if (name.isPresent()) {
            once(
                    names,
                    name.get(),
                    Rule.DUPLICATE_ID,
                    "is the name of another client",
                    "give each client a name of its own");
        } else if (report.mayCallMissing(path + ".name")) {
            report.add(
                    Rule.MISSING, spot, path + ".name", "is missing", "every client needs a name");
        }
    }

    /** An empty list would mean everything, to its author probably nothing. */
    private void empty(Leaf leaf) {
        Kind kind = leaf.setting().kind();
        boolean limiting = kind instanceof Kind.Globs || kind instanceof Kind.Words;
        if (limiting && leaf.isBlank()) {
            report.add(
                    Rule.MALFORMED,
                    leaf,
                    "is empty",
                    "give it a value, or remove the key: then nothing is limited by it");
        }
    }

    private void once(Map<String, Leaf> seen, Leaf leaf, Rule rule, String what, String fix) {
        Leaf first = seen.putIfAbsent(leaf.text(), leaf);
        if (first != null) {
            report.add(rule, leaf, what + "; see " + first.spot().place(), fix);
        }
    }
}
