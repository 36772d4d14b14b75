package io.gemproxy.server.admin;

import io.gemproxy.server.audit.AuditEvent;
import io.gemproxy.server.audit.AuditSearch;
import io.gemproxy.server.exchange.KeyStatus;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.explanation.RequestHistory;
import io.gemproxy.server.keys.presets.WeightPresets;
import io.gemproxy.server.metrics.ErrorWindow;
import io.gemproxy.server.metrics.MetricsText;
import io.gemproxy.server.metrics.PerformanceWindow;
import io.gemproxy.server.metrics.ProcessFacts;
import io.gemproxy.server.ratelimit.budget.BudgetBook;
import io.gemproxy.server.ratelimit.budget.DayBook;
import io.gemproxy.server.usage.CacheSavings;
import io.gemproxy.server.usage.UsageLedger;
import io.helidon.health.HealthCheck;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where the admin port's answers come from; but for the desk none may call upstream, and but for
 * the records none may wait for a disk.
 *
 * @param status the server's facts
 * @param keys all pooled keys
 * @param desk what can be done with them; only a test calls upstream
 * @param config what the configuration says and is to say
 * @param weights named sets of weights
 * @param budgets what clients have spent
 * @param days what addresses, and all clients together, took on this day
 * @param tokens what can be done about tokens
 * @param sessions who may log in and who is
 * @param reloading what can be done about the configuration
 * @param requests the last requests
 * @param anyKeyUsable whether some key can serve, now or after a rest
 * @param liveness checks of the process itself, e.g. that each listener still accepts
 * @param metrics the Prometheus text; empty if {@code metrics.enabled} is false
 * @param performance the windows of rates and percentiles
 * @param errors the windows of failures
 * @param ledger what was used
 * @param savings what prompt caches saved each client
 * @param certificates what is served
 * @param drain stops the server
 * @param process the operating system's view
 * @param authenticator judges admin tokens
 * @param requestIds names each admin request
 * @param records finds those of the audit log
 * @param auditing whether the audit log takes what it must
 * @param audit takes a record of each thing that was done here
 * @param clock the time
 */
public record AdminSources(
        Supplier<ServerStatus> status,
        Supplier<List<KeyStatus>> keys,
        KeyDesk desk,
        ConfigDesk config,
        WeightPresets weights,
        BudgetBook budgets,
        DayBook days,
        TokenDesk tokens,
        SessionDesk sessions,
        ReloadDesk reloading,
        RequestHistory requests,
        BooleanSupplier anyKeyUsable,
        List<HealthCheck> liveness,
        Optional<MetricsText> metrics,
        PerformanceWindow performance,
        ErrorWindow errors,
        UsageLedger ledger,
        CacheSavings savings,
        CertificateDesk certificates,
        DrainDesk drain,
        ProcessFacts process,
        AdminAuthenticator authenticator,
        Supplier<RequestId> requestIds,
        AuditSearch records,
        BooleanSupplier auditing,
        Consumer<AuditEvent> audit,
        InstantSource clock) {}
