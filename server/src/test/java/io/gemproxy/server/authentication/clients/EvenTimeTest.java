package io.gemproxy.server.authentication.clients;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.ClientConfig;
import io.gemproxy.server.authentication.TokenIssuer;
import io.gemproxy.server.authentication.clients.ClientCredentials.Outcome;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Entitlement;
import io.gemproxy.server.exchange.Secret;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A wrong secret takes as long for a client that is not declared as for one that is. */
final class EvenTimeTest {
    private static final boolean PROVE = Boolean.getBoolean("gemproxy.prove");
    private static final int SAMPLES = PROVE ? 10_000 : 1_000;

    /** So far apart may the means be, in parts of the smaller one. */
    private static final double MOST = PROVE ? 0.05 : 0.5;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int CALLS = 20;

    private final AtomicLong nanos = new AtomicLong();
    private final SplittableRandom random = new SplittableRandom(9);
    private final ClientKey wrong = ClientKey.make(ClientKey.Kind.OAUTH_SECRET, random);
    private final ClientCredentials credentials =
            new ClientCredentials(
                    new DeclaredClients(List.of(declared("one", 1), declared("five", 5))),
                    _ -> false,
                    new TokenIssuer(
                            Secret.of(
                                    Emissions.OF_THIS_RUN.secret(
                                            "a secret that signs",
                                            "even-Hq8vN3xT5bW1rK7mJ4cHw2Zs9LpYfUe")),
                            new SplittableRandom(4),
                            InstantSource.system()),
                    Duration.ofMinutes(15),
                    nanos::get);

    private ClientConfig declared(String name, int secrets) {
        List<String> digests =
                Stream.generate(() -> ClientKey.make(ClientKey.Kind.OAUTH_SECRET, random).digest())
                        .limit(secrets)
                        .toList();
        return new ClientConfig(new ClientId(name), Entitlement.ALL, List.of(), digests);
    }

    @Test
    void nobodyLearnsFromTheTimeWhichClientsThereAre() {
        Emissions.OF_THIS_RUN.secret("a wrong secret", wrong.told());
        List<ClientId> names =
                List.of(new ClientId("one"), new ClientId("five"), new ClientId("none"));
        names.forEach(name -> sample(name, SAMPLES));
        long[][] took = new long[names.size()][SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            for (int who = 0; who < names.size(); who++) {
                took[who][i] = cpu(names.get(who));
            }
        }
        double[] means = Arrays.stream(took).mapToDouble(EvenTimeTest::mean).toArray();
        double least = Arrays.stream(means).min().orElseThrow();
        double most = Arrays.stream(means).max().orElseThrow();
        assertTrue(most - least < MOST * least, () -> Arrays.toString(means));
    }

    private void sample(ClientId name, int times) {
        for (int i = 0; i < times; i++) {
            cpu(name);
        }
    }

    /** The time of this thread, so that what else the machine does is not in it. */
    private long cpu(ClientId name) {
        long before = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < CALLS; i++) {
            nanos.addAndGet(Duration.ofHours(1).toNanos());
            assertInstanceOf(
                    Outcome.Unknown.class,
                    credentials.grant(name, wrong.secret(), Optional.empty(), "192.0.2.1"));
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
