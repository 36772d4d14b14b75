package io.gemproxy.server.keys;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.KeyStatus;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.quota.LimitsConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** A pool on a clock that the test moves. */
final class PoolFixture {
    static final Optional<ModelName> FLASH = Optional.of(new ModelName("gemini-2.5-flash"));
    static final Optional<ModelName> PRO = Optional.of(new ModelName("gemini-2.5-pro"));

    final List<KeyStatus> changes = new ArrayList<>();
    private final List<KeyConfig> keys = new ArrayList<>();
    private KeysConfig.Selection selection = KeysConfig.Selection.WEIGHTED_ROUND_ROBIN;
    private Instant wall = Instant.parse("2026-11-20T12:00:00Z");
    private long nanos = 1_000_000_000L;

    PoolFixture key(String id, String project, int weight) {
        return key(id, project, weight, OptionalInt.empty());
    }

    PoolFixture key(String id, String project, int weight, OptionalInt requestsPerMinute) {
        keys.add(
                new KeyConfig(
                        new KeyId(id),
                        Secret.of(
                                Emissions.OF_THIS_RUN.secret(
                                        "the pooled key " + id, "secret-of-" + id)),
                        new ProjectId(project),
                        weight,
                        requestsPerMinute,
                        Optional.empty()));
        return this;
    }

    PoolFixture selecting(KeysConfig.Selection policy) {
        selection = policy;
        return this;
    }

    PoolFixture billed(String id, String project, String account) {
        return add(id, project, Optional.of(account), Map.of());
    }

    /** A key of a project that may make so many requests in a minute for any model. */
    PoolFixture limited(String id, String project, OptionalLong requestsPerMinute) {
        LimitsConfig limits =
                new LimitsConfig(
                        requestsPerMinute,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty());
        return add(id, project, Optional.empty(), Map.of(KeyConfig.ANY_MODEL, limits));
    }

    private PoolFixture add(
            String id, String project, Optional<String> account, Map<String, LimitsConfig> limits) {
        keys.add(
                new KeyConfig(
                        new KeyId(id),
                        Secret.of("secret-of-" + id),
                        new ProjectId(project),
                        1,
                        OptionalInt.empty(),
                        Optional.empty(),
                        account,
                        Optional.empty(),
                        limits));
        return this;
    }

    Instant wall() {
        return wall;
    }

    KeysConfig config() {
        return new KeysConfig(selection, List.copyOf(keys));
    }

    KeyPool pool() {
        return new KeyPool(config(), () -> wall, () -> nanos, changes::add);
    }

    void pass(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    void at(String instant) {
        wall = Instant.parse(instant);
    }

    static KeyLease lent(KeyPool pool, Optional<ModelName> model, String... tried) {
        Set<KeyId> names = new java.util.HashSet<>();
        for (String id : tried) {
            names.add(new KeyId(id));
        }
        Lending lending =
                pool.lend(LendingWish.of(model, Optional.empty()).without(names, Set.of()));
        if (lending instanceof Lending.Lent lent) {
            return lent.lease();
        }
        throw new AssertionError("no key: " + lending);
    }

    static Lending.Exhausted exhausted(KeyPool pool, Optional<ModelName> model) {
        Lending lending = pool.lend(LendingWish.of(model, Optional.empty()));
        if (lending instanceof Lending.Exhausted none) {
            return none;
        }
        throw new AssertionError("lent although none should be: " + lending);
    }

    static void settle(KeyPool pool, KeyLease lease, AttemptOutcome outcome) {
        pool.settle(lease, outcome);
    }

    /** Something rests from now on, as if an earlier run had left it so. */
    static void block(KeyPool pool, Block block) {
        PoolState.HeldBlock held =
                switch (block.scope()) {
                    case Scope.Key of -> held(block, "key", of.key().value(), "");
                    case Scope.InProject of -> held(block, "project", of.project().value(), "");
                    case Scope.ProjectModel of ->
                            held(block, "project_model", of.project().value(), of.model().value());
                    case Scope.Model of -> held(block, "model", "", of.model().value());
                    case Scope.BillingAccount of ->
                            held(block, "billing_account", of.account(), "");
                    case Scope.Egress _ -> held(block, "egress", "", "");
                };
        pool.restore(new PoolState(List.of(held), List.of(), List.of(), List.of()));
    }

    private static PoolState.HeldBlock held(Block block, String scope, String name, String model) {
        boolean ends = !block.until().equals(Instant.MAX);
        return new PoolState.HeldBlock(
                scope,
                name,
                model,
                block.reason(),
                Long.MAX_VALUE,
                ends ? block.until().toEpochMilli() : PoolState.FOREVER,
                block.probeEarly(),
                false);
    }
}
