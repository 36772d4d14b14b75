package io.gemproxy.server.config;

import java.util.List;
import java.util.Optional;

/** Looks at what others than this machine can see, try and spend, where they reach the server. */
final class ExposureReview {
    private static final String FAILURES = "limits.address.auth_failures_per_minute";

    private final GemproxyConfig config;
    private final Leaves leaves;
    private final Report report;
    private final Spot whole;

    ExposureReview(GemproxyConfig config, Leaves leaves, Report report, Spot whole) {
        this.config = config;
        this.leaves = leaves;
        this.report = report;
        this.whole = whole;
    }

    void run() {
        if (!Loopback.is(config.admin().host()) && config.admin().openEndpoints()) {
            report.add(
                    Rule.OPEN_ENDPOINTS,
                    at("admin.open_endpoints"),
                    "admin.open_endpoints",
                    "whoever reaches the admin port reads /metrics, /performance and /errors without"
                            + " a token: ids of keys, models, traffic",
                    "set it to false, or let only the scraper reach that port");
        }
        if (!Loopback.is(config.server().host()) && config.authentication().enabled()) {
            guesses();
            spending();
        }
    }

    /** Tokens are signed; what a client's digest stands for can be guessed at. */
    private void guesses() {
        boolean digests =
                leaves.all().stream()
                        .anyMatch(
                                it -> it.setting().kind() instanceof Kind.Digests && !it.isBlank());
        if (digests && isOpen(FAILURES)) {
            report.add(
                    Rule.NO_FAILURE_LIMIT,
                    at(FAILURES),
                    FAILURES,
                    "is not set, so keys and secrets of clients can be guessed at without an end",
                    "for example auth_failures_per_minute: 30");
        }
    }

    private void spending() {
        if (leaves.all().stream().anyMatch(ExposureReview::boundsEachDay)) {
            return;
        }
        List<String> paths = leaves.entryPaths(ClientSettings.CLIENTS);
        List<Spot> spots = leaves.entries(ClientSettings.CLIENTS);
        for (int i = 0; i < paths.size(); i++) {
            String budgets = paths.get(i) + ".budgets";
            String limits = paths.get(i) + ".limits.";
            boolean bounded =
                    leaves.all().stream()
                            .filter(it -> !it.isBlank())
                            .map(Leaf::path)
                            .anyMatch(it ->
                                    it.startsWith(budgets + ".")
                                            || (it.startsWith(limits) && it.endsWith("_per_day")));
            if (!bounded && report.mayCallMissing(budgets)) {
                report.add(
                        Rule.NO_BUDGET,
                        spots.get(i),
                        budgets,
                        "is not there, nor is a limit of a day, so a key of this client that leaks"
                                + " may spend without an end",
                        "for example budgets: {month: {usd: 100}}, or"
                                + " limits.client.requests_per_day for all");
            }
        }
    }

    /** Whether it is a limit of a day for each client, or for all together. */
    private static boolean boundsEachDay(Leaf leaf) {
        return !leaf.isBlank() && leaf.path().matches("limits[.](client|global)[.][a-z_]+_per_day");
    }

    private boolean isOpen(String path) {
        Optional<Leaf> said = leaves.find(path).filter(leaf -> !leaf.isBlank());
        return said.isEmpty() && report.mayCallMissing(path);
    }

    /** The setting's own line, or its section's, or the file. */
    private Spot at(String path) {
        return leaves.find(path).map(Leaf::spot).orElseGet(() -> leaves.sectionSpot(path, whole));
    }
}
