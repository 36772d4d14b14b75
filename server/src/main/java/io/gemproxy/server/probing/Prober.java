package io.gemproxy.server.probing;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Runs the rounds for as long as the server does. */
public final class Prober implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Prober.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final ProbeRounds rounds;
    private final RandomGenerator random;
    private final Duration every;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("key-prober").daemon()::unstarted);

    private Prober(ProbeRounds rounds, RandomGenerator random, Duration every) {
        this.rounds = rounds;
        this.random = random;
        this.every = every;
    }

    /** Starts probing. */
    public static Prober start(ProbeRounds rounds, RandomGenerator random) {
        return start(rounds, random, EVERY);
    }

    static Prober start(ProbeRounds rounds, RandomGenerator random, Duration every) {
        Prober prober = new Prober(rounds, random, every);
        prober.next();
        return prober;
    }

    /** Each pause is a little different, so that two proxies do not ask together for long. */
    private void next() {
        long pause = (long) (every.toMillis() * (0.5 + random.nextDouble()));
        if (!timer.isShutdown()) {
            var _ = timer.schedule(this::round, pause, TimeUnit.MILLISECONDS);
        }
    }

    private void round() {
        try {
            rounds.run();
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "a round of probes failed", bug);
        }
        next();
    }

    /** Asks nothing more; a question under way is cut by its own deadline. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
