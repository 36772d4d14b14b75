package io.gemproxy.server;

import io.gemproxy.server.admin.KeyDesk;
import io.gemproxy.server.admin.KeyReport;
import io.gemproxy.server.admin.KeyTest;
import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.probing.KeyTests;
import io.gemproxy.server.probing.ProbeStep;
import java.util.List;
import java.util.Optional;

/** The pool as the admin port sees and steers it. */
final class PooledKeyDesk implements KeyDesk {
    private final KeyPool pool;
    private final KeyTests tests;
    private final KeyReports reports;

    PooledKeyDesk(KeyPool pool, KeyTests tests, KeyReports reports) {
        this.pool = pool;
        this.tests = tests;
        this.reports = reports;
    }

    @Override
    public List<KeyReport> all() {
        return pool.views().stream().map(reports::of).toList();
    }

    @Override
    public Optional<KeyReport> one(KeyId key) {
        return pool.view(key).map(reports::of);
    }

    @Override
    public Optional<KeyReport> enable(KeyId key) {
        return pool.enable(key) ? one(key) : Optional.empty();
    }

    @Override
    public Optional<KeyReport> disable(KeyId key) {
        return pool.disable(key) ? one(key) : Optional.empty();
    }

    @Override
    public Tested test(KeyId key, boolean generate) {
        if (one(key).isEmpty()) {
            return new Tested.Unknown();
        }
        return switch (tests.test(key, generate)) {
            case KeyTests.Verdict.Busy _ ->
                    new Tested.NotNow("Other tests of keys are running; try again in a moment.");
            case KeyTests.Verdict.NoMoreToday used ->
                    new Tested.NotNow(
                            "Tests generated "
                                    + used.generated()
                                    + " times for this key's project today, which is their share of"
                                    + " its daily quota; test without generating.");
            case KeyTests.Verdict.Tested tested ->
                    one(key).<Tested>map(
                                    report -> new Tested.Done(result(key, tested.steps(), report)))
                            .orElseGet(Tested.Unknown::new);
        };
    }

    private static KeyTest result(KeyId key, List<ProbeStep> steps, KeyReport report) {
        AttemptOutcome verdict = steps.getLast().outcome();
        return new KeyTest(
                key.value(),
                works(verdict),
                steps.stream().map(PooledKeyDesk::step).toList(),
                report);
    }

    /** A quota that is used up says that the key is good. */
    private static boolean works(AttemptOutcome verdict) {
        return verdict instanceof AttemptOutcome.Succeeded
                || verdict instanceof AttemptOutcome.QuotaExceeded
                || verdict instanceof AttemptOutcome.Overloaded;
    }

    private static KeyTest.Step step(ProbeStep step) {
        return new KeyTest.Step(
                step.question().rung().word(),
                step.outcome().label(),
                step.outcome().reason(),
                step.question().model().map(ModelName::value),
                step.took().toNanos() / 1_000_000.0);
    }
}
