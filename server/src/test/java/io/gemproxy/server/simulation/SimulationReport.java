package io.gemproxy.server.simulation;

import io.gemproxy.server.keys.KeysConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** docs/key-simulation.md, from the runs. */
final class SimulationReport {
    private static final String OPENING =
            """
            # Thirty days of the key pool, simulated

            Written by `make simulate`; a test fails when the pool no longer gives these figures. The
            pool, its failover between keys and the reading of Google's errors are the product's own;
            time, Google and the clients are simulated, so every run gives the same.

            **The pool**: 20 keys in 8 projects of 1 to 5 keys, all of weight 1. A project may make 5
            to 20 requests and read 7,500 to 30,000 input tokens a minute, and make 250 to 1,000
            requests a day of Los Angeles. In half of the projects a minute begins at second 0, in the
            others it is any 60 seconds. Google's clock is two seconds behind ours.

            **The clients** ask at random (Poisson), 200 to 1,800 input tokens at a time, estimated up
            to a fifth too low or a third too high. From 18:00 to 18:30 they ask for the stated share of
            all minutes, over the day for that share of all days. A client that is refused waits as
            long as it is told, up to two minutes, and asks up to four times.

            **The days**: 20 October to 18 November 2026, with a day of 25 hours, or 1 to 30 March
            2027, with one of 23.

            | column | what it says |
            | --- | --- |
            | answered | client requests that ended well |
            | at once | without the client having to ask again |
            | 429 of Google | share of all its answers: requests that were sent in vain |
            | even by key | Jain's index of requests served by weight: 1 is exactly even, 0.05 one key for all |
            | even by quota | the same by project, relative to its limit |
            | cached | share of input tokens read from Google's prompt cache (70 % of a prompt repeats its conversation's beginning, kept five minutes per project) |
            | of one | the share that a single project without limits would have reached |
            | key-hours lost | keys that Google would have served and the pool did not use, seen once an hour |
            | wrong at reset | keys of which the pool was wrong two minutes after a day began, in 30 days |

            """;

    private static final String CLOSING =
            """
            ## What it shows

            - After each midnight in Los Angeles, also where a day has 23 or 25 hours, the pool has
              exactly the keys that Google accepts.
            - At 95 % of capacity bursts pass the limits of a minute now and then. `most_headroom` says
              so itself, with the moment a key opens; the others ask Google, which refuses.
            - Where limits are not configured they are learnt from the first refusal and kept until
              something speaks against them, so after the first day or two the pool does as well as
              with written limits, but for a request now and then that goes past a learnt one to see
              whether it still holds.
            - What others use of a project is seen only once Google refuses.
            - Keys that Google refuses and later accepts again come back with the next probe, which may
              take six hours: those are the key-hours lost. In between the pool asks in vain once.
            - All three policies spread conversations over projects, so prompts meet a cache by chance.
              Round robin and least loaded follow the weights of keys, not the quotas of projects;
              `most_headroom` follows the quotas, which in this pool makes 0.62 of evenness by key.

            The incidents of the last scenario, by day: a key is refused for good (2, 3, 23), for a day
            (12); a project is suspended for two days (4), fails for fifty minutes (10), has spent its
            credit for eight hours (14), fails three times in ten for 18 hours (17), has its API
            disabled for four hours (20); the model is overloaded for twenty minutes (5) and for five
            (25); Google cannot be reached for twenty minutes (8). `Answered` counts those outages.
            """;

    private SimulationReport() {}

    static String of(Map<Scenario, Map<KeysConfig.Selection, Tally>> runs) {
        StringBuilder report = new StringBuilder(OPENING);
        runs.forEach((scenario, byPolicy) -> {
            report.append("## ").append(scenario.name()).append("\n\n");
            report.append("From ").append(scenario.firstDay()).append(".\n\n");
            report.append(
                    "| policy | requests | answered | at once | 429 of Google | even by key | even by quota | cached | of one | key-hours lost | wrong at reset |\n");
            report.append("| --- |").append(" ---: |".repeat(10)).append('\n');
            byPolicy.forEach((policy, tally) -> row(report, policy, tally));
            report.append('\n');
        });
        return report.append(CLOSING).toString();
    }

    private static void row(StringBuilder report, KeysConfig.Selection policy, Tally tally) {
        report.append(
                String.format(
                        Locale.ROOT,
                        "| `%s` | %,d | %s | %s | %s | %.3f | %.3f | %s | %s | %d | %d |%n",
                        policy.name().toLowerCase(Locale.ROOT),
                        tally.requests,
                        percent(tally.successRate()),
                        percent(tally.atOnceRate()),
                        percent(tally.tooManyShare()),
                        Tally.evenness(byKey(tally)),
                        Tally.evenness(byProject(tally)),
                        percent(tally.cachedShare()),
                        percent(tally.cachedShareOfOne()),
                        tally.hoursLost,
                        tally.wrongAtResets.size()));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static List<Double> byKey(Tally tally) {
        List<Double> shares = new ArrayList<>();
        for (PoolPlan.PlannedKey key : PoolPlan.standard().keys()) {
            shares.add((double) tally.served.getOrDefault(key.id(), 0L));
        }
        return shares;
    }

    private static List<Double> byProject(Tally tally) {
        PoolPlan plan = PoolPlan.standard();
        List<Double> shares = new ArrayList<>();
        for (PoolPlan.PlannedProject project : plan.projects()) {
            long served =
                    plan.keys().stream()
                            .filter(key -> key.project().id().equals(project.id()))
                            .mapToLong(key -> tally.served.getOrDefault(key.id(), 0L))
                            .sum();
            shares.add((double) served / project.quota().requestsPerDay());
        }
        return shares;
    }
}
