package io.gemproxy.benchmarks;

import io.gemproxy.server.audit.AuditConfig;
import io.gemproxy.server.audit.AuditLog;
import io.gemproxy.server.exchange.Attempt;
import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.gemini.Dialect;
import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.TokenUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a record costs from the end of a request to the file, rotation included, syncs not. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class AuditBenchmark {
    private static final int RECORDS = 10_000;

    private final FinishedExchange call = call();
    private Path directory = Path.of("");
    private Optional<AuditLog> log = Optional.empty();

    /** Opens a log in a directory of its own. */
    @Setup
    public void open() throws IOException {
        directory = Files.createTempDirectory("gemproxy-audit-bench");
        AuditConfig config =
                new AuditConfig(
                        directory.resolve("audit.log"),
                        AuditConfig.OnFailure.BLOCK,
                        AuditConfig.Fsync.NONE,
                        directory.resolve("key"),
                        directory.resolve("head"),
                        new AuditConfig.Rotation(100 << 20, false),
                        new AuditConfig.Retention(OptionalInt.of(1), Duration.ofDays(1), 1L << 40));
        log =
                Optional.of(
                        AuditLog.open(
                                config,
                                InstantSource.system(),
                                System::nanoTime,
                                new SecureRandom()));
    }

    /** Ten thousand records, until the last is on file. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long record() throws InterruptedException {
        AuditLog open = log.orElseThrow();
        for (int i = 0; i < RECORDS; i++) {
            open.finished(call);
        }
        if (!open.flush(Duration.ofMinutes(1)) || open.lost() > 0) {
            throw new IllegalStateException("not all were kept");
        }
        return open.written();
    }

    /** Removes it all. */
    @TearDown
    public void close() throws IOException {
        log.orElseThrow().close();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    private static FinishedExchange call() {
        Exchange exchange =
                new Exchange(
                        new RequestId("01JD8A6Z3Q9W5V7X2N4K8M1B0C"),
                        Optional.empty(),
                        Instant.parse("2026-11-21T08:00:00.100Z"),
                        0,
                        "POST",
                        new GeminiTarget(
                                "/v1beta/models/gemini-2.5-flash:generateContent",
                                Dialect.NATIVE,
                                Operation.GENERATE,
                                Optional.of(new ModelName("gemini-2.5-flash")),
                                Optional.empty()),
                        "192.0.2.7",
                        Optional.of("google-genai-sdk/1.30.0 gl-java/25"));
        return new FinishedExchange(
                exchange,
                Optional.of(new ClientId("alice")),
                Result.SUCCESS,
                200,
                OptionalInt.of(200),
                List.of(),
                List.of(
                        new Attempt(
                                new KeyId("primary"),
                                new ProjectId("p-primary"),
                                new AttemptOutcome.Succeeded(),
                                Duration.ofMillis(240))),
                false,
                Optional.of(Duration.ofMillis(250)),
                Duration.ofMillis(900),
                Duration.ofMillis(1),
                512,
                1024,
                Optional.of(new TokenUsage(10, 2, 20, 5, 1, 36)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
