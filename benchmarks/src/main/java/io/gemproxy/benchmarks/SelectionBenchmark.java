package io.gemproxy.benchmarks;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.KeyConfig;
import io.gemproxy.server.keys.KeyLease;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.KeysConfig;
import io.gemproxy.server.keys.Lending;
import io.gemproxy.server.keys.LendingWish;
import io.gemproxy.server.keys.quota.LimitsConfig;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a request pays the pool: a key is chosen and lent, the lease settled and finished. Five keys
 * a project, all limits known, none reached.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class SelectionBenchmark {
    private static final int KEYS_PER_PROJECT = 5;
    private static final long OUT_OF_REACH = 1L << 40;
    private static final long TOKENS = 250;

    /** The policy. */
    @Param({"WEIGHTED_ROUND_ROBIN", "LEAST_LOADED", "MOST_HEADROOM"})
    public KeysConfig.Selection policy = KeysConfig.Selection.WEIGHTED_ROUND_ROBIN;

    /** How many keys the pool has. */
    @Param({"10", "1000", "10000"})
    public int keys;

    private final LendingWish wish =
            LendingWish.of(Optional.of(new ModelName("gemini-2.5-flash")), Optional.empty())
                    .withInputTokens(TOKENS);
    private final AttemptOutcome worked = new AttemptOutcome.Succeeded();
    private final OptionalLong tokens = OptionalLong.of(TOKENS + 1);
    private KeyPool pool = pool(KeysConfig.Selection.WEIGHTED_ROUND_ROBIN, 1);

    /** Builds the pool. */
    @Setup
    public void build() {
        pool = pool(policy, keys);
    }

    /** One thread. */
    @Benchmark
    @Threads(1)
    public KeyLease alone() {
        return once();
    }

    /** Sixteen threads at once: with fewer processors this shows convoys, not scaling. */
    @Benchmark
    @Threads(16)
    public KeyLease crowd() {
        return once();
    }

    private KeyLease once() {
        if (!(pool.lend(wish) instanceof Lending.Lent lent)) {
            throw new IllegalStateException("no key is free");
        }
        pool.settle(lent.lease(), worked);
        pool.finished(lent.lease(), tokens, 0);
        return lent.lease();
    }

    private static KeyPool pool(KeysConfig.Selection policy, int count) {
        LimitsConfig limits =
                new LimitsConfig(
                        OptionalLong.of(OUT_OF_REACH),
                        OptionalLong.of(OUT_OF_REACH),
                        OptionalLong.of(OUT_OF_REACH),
                        OptionalLong.empty());
        List<KeyConfig> configs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            configs.add(
                    new KeyConfig(
                            new KeyId("key-" + i),
                            Secret.of("value-of-key-" + i),
                            new ProjectId("project-" + i / KEYS_PER_PROJECT),
                            1,
                            OptionalInt.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Map.of(KeyConfig.ANY_MODEL, limits)));
        }
        return new KeyPool(
                new KeysConfig(policy, configs),
                InstantSource.system(),
                System::nanoTime,
                changed -> {});
    }
}
