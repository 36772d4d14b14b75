package io.gemproxy.server.admin;

import io.gemproxy.server.audit.AuditEvent;
import io.gemproxy.server.audit.AuditSearch;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Entitlement;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.KeyStatus;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.explanation.RequestHistory;
import io.gemproxy.server.keys.presets.PresetBook;
import io.gemproxy.server.keys.presets.WeightPresets;
import io.gemproxy.server.metrics.ErrorWindow;
import io.gemproxy.server.metrics.Meters;
import io.gemproxy.server.metrics.MetricsText;
import io.gemproxy.server.metrics.PerformanceWindow;
import io.gemproxy.server.metrics.ProcessFacts;
import io.gemproxy.server.metrics.ProcessRegistry;
import io.gemproxy.server.metrics.RequestMetrics;
import io.gemproxy.server.ratelimit.RateLimitConfig;
import io.gemproxy.server.ratelimit.RateLimitConfig.Rates;
import io.gemproxy.server.ratelimit.budget.Amounts;
import io.gemproxy.server.ratelimit.budget.BudgetBook;
import io.gemproxy.server.ratelimit.budget.DayBook;
import io.gemproxy.server.usage.CacheSavings;
import io.gemproxy.server.usage.PriceTable;
import io.gemproxy.server.usage.UsageLedger;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.webserver.http.HttpRouting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The admin port of a server with two keys, whose state a test can turn. */
final class AdminFixture implements AutoCloseable {
    static final String ADMIN_TOKEN = "the-admin-token";
    static final String CLIENT_TOKEN = "the-client-token";
    static final Instant NOW = Instant.parse("2026-11-21T09:00:00.123456Z");

    final AtomicLong nanos = new AtomicLong();
    final PerformanceWindow performance = new PerformanceWindow(nanos::get);
    final ErrorWindow errors = new ErrorWindow(InstantSource.fixed(NOW), nanos::get);
    final RequestHistory requests = new RequestHistory();
    final FakeKeyDesk desk = new FakeKeyDesk(NOW);
    final FakeConfigDesk config = new FakeConfigDesk(NOW);
    Map<KeyId, Integer> weighed = Map.of();
    final WeightPresets weights =
            new WeightPresets(
                    PresetBook.EMPTY, book -> {}, next -> weighed = next, InstantSource.fixed(NOW));
    final FakeTokenDesk fake = new FakeTokenDesk(NOW);
    final TokenDesk tokens = fake.desk();
    final FakeSessionDesk people = new FakeSessionDesk(tokens, NOW, nanos::get);
    final List<AuditEvent> audited = new CopyOnWriteArrayList<>();
    final UsageLedger ledger = new UsageLedger(() -> NOW);
    final CacheSavings savings = new CacheSavings(PriceTable.shipped());
    AuditSearch records = new AuditSearch(Path.of("nowhere/audit.log"));
    boolean auditing = true;
    boolean usable = true;
    final FakeReloadDesk reloading = new FakeReloadDesk();
    boolean draining;
    final CountDownLatch stopped = new CountDownLatch(1);
    final FakeCertificateDesk certificates = new FakeCertificateDesk(NOW);
    boolean accepting = true;
    boolean broken;

    private final MeterRegistry registry = ProcessRegistry.get();
    private final Meters meters = new Meters(registry);
    private final RequestMetrics metrics = new RequestMetrics(meters);
    private final AtomicLong ids = new AtomicLong();

    HttpRouting.Builder routing(AdminConfig config) {
        return routing(() -> config);
    }

    HttpRouting.Builder routing(Supplier<AdminConfig> inEffect) {
        return AdminRoutes.routing(inEffect, sources(), nanos::get);
    }

    HttpRouting.Builder routing() {
        return routing(config(true, List.of()));
    }

    static AdminConfig config(boolean open, List<URI> origins) {
        return new AdminConfig("127.0.0.1", 0, open, Optional.empty(), origins);
    }

    void finished(FinishedExchange exchange) {
        performance.finished(exchange);
        errors.finished(exchange);
        requests.finished(exchange);
        metrics.finished(exchange);
        ledger.finished(exchange);
        savings.finished(exchange);
    }

    AdminSources sources() {
        return new AdminSources(
                this::status,
                this::keys,
                desk,
                config,
                weights,
                budgets(),
                new DayBook(RateLimitConfig.NONE, InstantSource.fixed(NOW), nanos::get, day -> 0),
                tokens,
                people.desk(),
                reloading,
                requests,
                () -> usable,
                List.of(new SelfProbe("proxy", () -> accepting)),
                Optional.of(new MetricsText(registry, () -> {})),
                performance,
                errors,
                ledger,
                savings,
                certificates,
                new DrainDesk(
                        () -> Duration.ofSeconds(30), () -> draining = true, stopped::countDown),
                new ProcessFacts(),
                this::judge,
                () -> new RequestId("ID" + ids.incrementAndGet()),
                records,
                () -> auditing,
                audited::add,
                InstantSource.fixed(NOW));
    }

    /** The client {@code second} has spent something. */
    private static BudgetBook budgets() {
        BudgetBook book =
                new BudgetBook(
                        Rates.ofDay(OptionalLong.of(5), OptionalLong.empty()),
                        InstantSource.fixed(NOW),
                        change -> 0);
        book.reserve(
                new Client(new ClientId("second"), Role.CLIENT, Optional.empty(), Entitlement.ALL),
                Amounts.ONE_REQUEST);
        return book;
    }

    @Override
    public void close() {
        meters.close();
    }

    private List<KeyStatus> keys() {
        if (broken) {
            throw new IllegalStateException("a secret nobody may read");
        }
        return List.of(key("primary", "Healthy"), key("second", "RateLimited"));
    }

    private ServerStatus status() {
        return new ServerStatus(
                "0.1.0",
                NOW.minusSeconds(3600),
                Duration.ofHours(1),
                List.of(new ServerStatus.Listener("proxy", "0.0.0.0:8443", true)),
                draining,
                Optional.of("config/proxy.yaml"),
                7,
                2,
                Optional.of(NOW.plus(Duration.ofDays(30))));
    }

    private static KeyStatus key(String id, String state) {
        return new KeyStatus(
                new KeyId(id),
                new ProjectId("p"),
                100,
                state,
                NOW,
                Optional.empty(),
                Optional.empty(),
                1.0,
                12,
                3,
                OptionalInt.of(60),
                5);
    }

    private AdminAuthenticator.Decision judge(String token) {
        return switch (token) {
            case ADMIN_TOKEN -> new AdminAuthenticator.Decision.Granted(new ClientId("root"));
            case CLIENT_TOKEN -> new AdminAuthenticator.Decision.NotAdmin(new ClientId("app"));
            default -> people.judge(token);
        };
    }
}
