package io.gemproxy.server.authentication.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.AuthenticationConfig;
import io.gemproxy.server.authentication.TokenIssuer;
import io.gemproxy.server.exchange.Secret;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * A vain login takes as long where there is no admin account as where there is one, and a password
 * that is nearly right as long as any other.
 */
final class EvenLoginTimeTest {
    private static final boolean PROVE = Boolean.getBoolean("gemproxy.prove");
    private static final int SAMPLES = PROVE ? 10_000 : 1_000;

    /** So far apart may the means be, in parts of the smaller one. */
    private static final double MOST = PROVE ? 0.05 : 0.5;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int CALLS = 20;
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final SessionConfig CONFIG =
            new SessionConfig(Duration.ofDays(1), Duration.ofHours(1), 5, Duration.ofMinutes(15));
    private static final Secret SIGNING =
            secret("the secret that signs evenly", "even-l0gin-Zq8vN3xT5bW1rK7mJ4cHw2Z");
    private static final String PASSWORD =
            Emissions.OF_THIS_RUN.secret("the password of even logins", "even-l0gin-Pa55-Hq8vN3xT");

    private final AtomicLong nanos = new AtomicLong();
    private final List<Vain> logins =
            List.of(
                    vain(Optional.of(PASSWORD), PASSWORD.substring(1) + "x"),
                    vain(Optional.of(PASSWORD), PASSWORD.substring(0, 23) + "x"),
                    vain(Optional.empty(), PASSWORD.substring(1) + "y"));

    private record Vain(PasswordLogin login, Secret presented) {}

    private Vain vain(Optional<String> password, String presented) {
        AuthenticationConfig configured =
                new AuthenticationConfig(
                        true,
                        Optional.of(SIGNING),
                        List.of(),
                        Duration.ZERO,
                        password.map(Secret::of));
        AdminSessions sessions =
                new AdminSessions(
                        SessionList.EMPTY,
                        CONFIG,
                        configured,
                        new TokenIssuer(SIGNING, new Random(3), () -> NOW),
                        _ -> {},
                        new Random(8),
                        () -> NOW);
        return new Vain(
                new PasswordLogin(configured, CONFIG, sessions, nanos::get), Secret.of(presented));
    }

    private static Secret secret(String name, String value) {
        return Secret.of(Emissions.OF_THIS_RUN.secret(name, value));
    }

    @Test
    void nobodyLearnsFromTheTimeWhetherThereIsAnAccount() throws IOException {
        for (Vain login : logins) {
            for (int i = 0; i < SAMPLES; i++) {
                cpu(login);
            }
        }
        long[][] took = new long[logins.size()][SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            for (int which = 0; which < logins.size(); which++) {
                took[which][i] = cpu(logins.get(which));
            }
        }
        double[] means = Arrays.stream(took).mapToDouble(EvenLoginTimeTest::mean).toArray();
        double least = Arrays.stream(means).min().orElseThrow();
        double most = Arrays.stream(means).max().orElseThrow();
        assertTrue(most - least < MOST * least, () -> Arrays.toString(means));
    }

    /** The time of this thread, so that what else the machine does is not in it. */
    private long cpu(Vain vain) throws IOException {
        long before = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < CALLS; i++) {
            nanos.addAndGet(Duration.ofHours(1).toNanos());
            assertEquals(
                    new LoginOutcome.Wrong(false, false),
                    vain.login().login(vain.presented(), "192.0.2.1", Optional.empty()));
        }
        return THREADS.getCurrentThreadCpuTime() - before;
    }

    /** Without the slowest tenth: collections of garbage fall on whom they will. */
    private static double mean(long[] samples) {
        long[] sorted = samples.clone();
        Arrays.sort(sorted);
        return Arrays.stream(sorted, 0, sorted.length * 9 / 10).average().orElseThrow();
    }
}
