package io.gemproxy.benchmarks;

import io.gemproxy.server.exchange.Attempt;
import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.Budget;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Entitlement;
import io.gemproxy.server.exchange.Estimate;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.Limits;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.gemini.Dialect;
import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.ServiceTier;
import io.gemproxy.server.gemini.TokenUsage;
import io.gemproxy.server.ratelimit.RateDecision;
import io.gemproxy.server.ratelimit.RateLimitConfig;
import io.gemproxy.server.ratelimit.RateLimitConfig.Rates;
import io.gemproxy.server.ratelimit.RateLimiter;
import io.gemproxy.server.ratelimit.Ticket;
import io.gemproxy.server.ratelimit.budget.Amounts;
import io.gemproxy.server.ratelimit.budget.BudgetBook;
import io.gemproxy.server.ratelimit.budget.BudgetDecision;
import io.gemproxy.server.ratelimit.budget.BudgetHold;
import io.gemproxy.server.usage.PriceTable;
import io.gemproxy.server.usage.UsageLedger;
import io.gemproxy.server.usage.UsageTap;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a request pays for its limits, for the counts in its answer, for its cost and for its entry
 * in the ledger. Every kind of limit is set and none is reached. Single calls are timed: their
 * median is that of an undisturbed one, whatever else the machine does.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AccountingBenchmark {
    private static final long OUT_OF_REACH = 1L << 50;
    private static final OptionalLong LIMIT = OptionalLong.of(OUT_OF_REACH);
    private static final Rates MINUTE = Rates.ofMinute(LIMIT, LIMIT);
    private static final Budget BUDGET = new Budget(LIMIT, Optional.of(new BigDecimal("1000000")));
    private static final long PROMPT = 105;
    private static final String ADDRESS = "192.0.2.7";
    private static final byte[] ANSWER =
            ("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\""
                            + "a".repeat(620)
                            + "\"}],\"role\":\"model\"},\"finishReason\":\"STOP\",\"index\":0}],"
                            + "\"usageMetadata\":{\"promptTokenCount\":105,"
                            + "\"candidatesTokenCount\":155,\"totalTokenCount\":260,"
                            + "\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":105}]},"
                            + "\"modelVersion\":\"gemini-2.5-flash\"}")
                    .getBytes(StandardCharsets.UTF_8);

    private final PriceTable prices = PriceTable.shipped();
    private final UsageLedger ledger = new UsageLedger(InstantSource.system());
    private final RateLimiter rates =
            new RateLimiter(
                    new RateLimitConfig(MINUTE, MINUTE, MINUTE, LIMIT, false), System::nanoTime);
    private final BudgetBook budgets =
            new BudgetBook(
                    Rates.ofDay(LIMIT, OptionalLong.empty()), InstantSource.system(), written -> 0);
    private final Client client =
            new Client(
                    new ClientId("alice"),
                    Role.CLIENT,
                    Optional.empty(),
                    new Entitlement(
                            List.of(),
                            Set.of(),
                            new Limits(
                                    OptionalInt.of(Integer.MAX_VALUE),
                                    LIMIT,
                                    LIMIT,
                                    BUDGET,
                                    BUDGET)));
    private final Exchange exchange = exchange();
    private final TokenUsage usage = counts().orElseThrow();
    private final Cost cost = prices.cost(exchange, usage);
    private final FinishedExchange finished = finished();

    /** Everything is asked, taken and reserved, and at the end settled by what was used. */
    @Benchmark
    public Amounts limits() {
        if (rates.failuresOf(ADDRESS).isPresent() || rates.ofAllReached().isPresent()) {
            throw new IllegalStateException("a limit is reached");
        }
        ticket(rates.ofAddress(ADDRESS));
        ticket(rates.ofAll());
        ticket(rates.ofClient(client));
        BudgetHold request = hold(Amounts.ONE_REQUEST);
        Estimate wanted =
                prices.estimate(exchange, PROMPT, OptionalLong.empty(), ServiceTier.STANDARD);
        Ticket ofAll = ticket(rates.tokensOfAll(wanted.tokens()));
        Ticket ofClient = ticket(rates.tokensOfClient(client, wanted.tokens()));
        BudgetHold spent = hold(new Amounts(0, wanted.tokens(), wanted.picodollars()));
        Amounts used = new Amounts(0, usage.total(), cost.picodollars());
        request.settle(Amounts.ONE_REQUEST);
        ofAll.settle(used.tokens());
        ofClient.settle(used.tokens());
        spent.settle(used);
        return used;
    }

    /** An answer of 0.9 KB passes, and its counts are read. */
    @Benchmark
    public Optional<TokenUsage> counts() {
        UsageTap tap =
                UsageTap.of(exchange, prices, "", (bytes, offset, length) -> {}, Optional.empty());
        tap.write(ANSWER, 0, ANSWER.length);
        return tap.finish();
    }

    /** The counts become dollars. */
    @Benchmark
    public Cost cost() {
        return prices.cost(exchange, usage);
    }

    /** The request is added to its entry. */
    @Benchmark
    public UsageLedger ledger() {
        ledger.finished(finished);
        return ledger;
    }

    private static Ticket ticket(RateDecision decision) {
        if (!(decision instanceof RateDecision.Admitted admitted)) {
            throw new IllegalStateException("a limit is reached");
        }
        return admitted.ticket();
    }

    private BudgetHold hold(Amounts amounts) {
        if (!(budgets.reserve(client, amounts) instanceof BudgetDecision.Granted granted)) {
            throw new IllegalStateException("a budget is spent");
        }
        return granted.hold();
    }

    private static Exchange exchange() {
        return new Exchange(
                new RequestId("01JD8A6Z3Q9W5V7X2N4K8M1B0C"),
                Optional.empty(),
                InstantSource.system().instant(),
                0,
                "POST",
                new GeminiTarget(
                        "/v1beta/models/gemini-2.5-flash:generateContent",
                        Dialect.NATIVE,
                        Operation.GENERATE,
                        Optional.of(new ModelName("gemini-2.5-flash")),
                        Optional.empty()),
                ADDRESS,
                Optional.of("google-genai-sdk/1.30.0 gl-java/25"));
    }

    private FinishedExchange finished() {
        return new FinishedExchange(
                exchange,
                Optional.of(client.id()),
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
                ANSWER.length,
                Optional.of(usage),
                Optional.of(cost),
                Optional.empty(),
                Optional.empty());
    }
}
