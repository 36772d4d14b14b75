package io.gemproxy.server.simulation;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.KeyLease;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.KeysConfig;
import io.gemproxy.server.keys.Lending;
import io.gemproxy.server.keys.LendingWish;
import io.gemproxy.server.proxy.SimulatedProxy;
import io.gemproxy.simulator.quota.Quota;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** A scenario under one policy: the real pool and failover, time and Google by hand. */
final class Simulation {
    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");
    private static final ModelName MODEL = new ModelName("gemini-2.5-flash");
    private static final long SEED = 20_261_121;

    /** How often a client asks again before it gives up, and how long it waits at most. */
    private static final int CLIENT_TRIES = 4;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long SHORTEST_WAY_MILLIS = 5;
    private static final long LONGEST_WAY_MILLIS = 150;
    private static final long LONGEST_HEAD_MILLIS = 2_500;
    private static final long LONGEST_ANSWER_MILLIS = 20_000;
    private static final double SHARED_BEGINNING = 0.7;

    private final Scenario scenario;
    private final PoolPlan plan = PoolPlan.standard();
    private final SplittableRandom chance = new SplittableRandom(SEED);
    private final Timeline timeline;
    private final FakeGoogle google;
    private final GoogleProject alone;
    private final Demand demand;
    private final KeyPool pool;
    private final SimulatedProxy proxy;
    private final Tally tally = new Tally();

    private Simulation(Scenario scenario, KeysConfig.Selection selection) {
        this.scenario = scenario;
        this.timeline = new Timeline(scenario.firstDay().atStartOfDay(PACIFIC).toInstant());
        this.google = new FakeGoogle(timeline, chance.split());
        this.demand = new Demand(scenario.load(), plan, chance.split());
        this.alone = new GoogleProject(new Quota(0, 0, 0), false);
        this.pool =
                new KeyPool(
                        plan.config(selection, scenario.limitsConfigured()),
                        timeline,
                        timeline::nanos,
                        changed -> {});
        this.proxy = new SimulatedProxy(pool);
    }

    /** Runs all its days. */
    static Tally run(Scenario scenario, KeysConfig.Selection selection) {
        return new Simulation(scenario, selection).run();
    }

    private Tally run() {
        plan.projects()
                .forEach(project -> {
                    GoogleProject counted = new GoogleProject(project.quota(), project.rolling());
                    plan.keys().stream()
                            .filter(key -> key.project().equals(project))
                            .forEach(key -> google.add(key.id(), project.id().value(), counted));
                    othersUse(project, counted);
                });
        for (Scenario.Incident incident : scenario.incidents()) {
            timeline.at(
                    scenario.firstDay()
                            .plusDays(incident.day() - 1)
                            .atStartOfDay(PACIFIC)
                            .plus(incident.time())
                            .toInstant(),
                    () -> incident.change().accept(google));
        }
        PoolCheck check = new PoolCheck(pool, google, plan, MODEL, tally);
        LocalDate end = scenario.firstDay().plusDays(Scenario.DAYS);
        for (LocalDate day = scenario.firstDay().plusDays(1);
                !day.isAfter(end);
                day = day.plusDays(1)) {
            timeline.at(
                    day.atStartOfDay(PACIFIC).toInstant().plus(PoolCheck.AFTER_RESET),
                    () -> check.afterReset(timeline.instant()));
        }
        timeline.every(Duration.ofHours(1), () -> check.hourly(timeline.instant()));
        timeline.every(Duration.ofMinutes(5), this::probe);
        arrives();
        timeline.runUntil(end.atStartOfDay(PACIFIC).toInstant().plus(Duration.ofMinutes(10)));
        return tally;
    }

    private void othersUse(PoolPlan.PlannedProject project, GoogleProject counted) {
        if (scenario.usedByOthers() > 0) {
            double perMinute = project.quota().requestsPerMinute() * scenario.usedByOthers();
            timeline.every(
                    Duration.ofMillis((long) (Duration.ofMinutes(1).toMillis() / perMinute)),
                    () -> {
                        if (Demand.isPeak(timeline.instant())) {
                            counted.take(timeline.millis(), 1_000);
                        }
                    });
        }
    }

    private void probe() {
        for (KeyId due : pool.probesDue()) {
            pool.lendForProbe(due).ifPresent(lease -> pool.probed(lease, google.probe(due)));
        }
    }

    private void arrives() {
        timeline.after(
                demand.pause(timeline.instant()),
                () -> {
                    tally.requests++;
                    asks(demand.next(), 1);
                    arrives();
                });
    }

    private void asks(Demand.Prompt prompt, int tries) {
        LendingWish wish =
                LendingWish.of(Optional.of(MODEL), Optional.empty())
                        .withInputTokens(prompt.estimate());
        attempt(prompt, tries, proxy.request(wish));
    }

    private void attempt(Demand.Prompt prompt, int tries, SimulatedProxy.Request request) {
        switch (request.lend()) {
            case Lending.Lent lent ->
                    timeline.after(
                            chance.nextLong(SHORTEST_WAY_MILLIS, LONGEST_WAY_MILLIS),
                            () -> arrivesAtGoogle(prompt, tries, request, lent.lease()));
            case Lending.Exhausted exhausted -> {
                tally.refusedByPool++;
                exhausted
                        .retryAfter()
                        .filter(wait -> wait.compareTo(PATIENCE) <= 0)
                        .ifPresent(wait -> asksAgain(prompt, tries, wait));
            }
        }
    }

    private void arrivesAtGoogle(
            Demand.Prompt prompt, int tries, SimulatedProxy.Request request, KeyLease lease) {
        AttemptOutcome outcome = google.answer(lease.key(), prompt.tokens(), MODEL.value());
        boolean works = outcome instanceof AttemptOutcome.Succeeded;
        tally.answered(outcome);
        if (works) {
            served(prompt, tries, lease);
        }
        long way = chance.nextLong(SHORTEST_WAY_MILLIS, LONGEST_WAY_MILLIS);
        timeline.after(
                works ? way + chance.nextLong(LONGEST_HEAD_MILLIS) : way,
                () -> {
                    boolean another = request.settle(lease, outcome);
                    if (works) {
                        timeline.after(
                                chance.nextLong(LONGEST_ANSWER_MILLIS),
                                () -> pool.finished(lease, OptionalLong.of(prompt.tokens()), 0));
                    } else if (another) {
                        attempt(prompt, tries, request);
                    } else {
                        asksAgain(prompt, tries, Duration.ofSeconds(1));
                    }
                });
    }

    private void asksAgain(Demand.Prompt prompt, int tries, Duration wait) {
        if (tries < CLIENT_TRIES) {
            timeline.after(
                    Duration.ofSeconds(wait.toSeconds() + 1).toMillis() + chance.nextLong(3_000),
                    () -> asks(prompt, tries + 1));
        }
    }

    private void served(Demand.Prompt prompt, int tries, KeyLease lease) {
        tally.succeeded++;
        tally.atOnce += tries == 1 ? 1 : 0;
        tally.served.merge(lease.key(), 1L, Long::sum);
        long beginning = (long) (prompt.tokens() * SHARED_BEGINNING);
        long now = timeline.millis();
        GoogleProject project = google.projectOf(lease.key());
        tally.tokens += prompt.tokens();
        tally.cached += project.caches(prompt.conversation(), now) ? beginning : 0;
        tally.cachedByOne += alone.caches(prompt.conversation(), now) ? beginning : 0;
    }
}
