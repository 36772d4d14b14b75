package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.health.CircuitBreaker;
import io.gemproxy.server.keys.quota.DayUse;
import io.gemproxy.server.keys.quota.Learnt;
import io.gemproxy.server.keys.quota.Moment;
import io.gemproxy.server.keys.quota.QuotaDimension;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes down what the pool knows and takes it up again; what no longer fits is dropped. */
final class PoolMemory {
    private final Roster roster;
    private final Blocks blocks;

    PoolMemory(Roster roster, Blocks blocks) {
        this.roster = roster;
        this.blocks = blocks;
    }

    PoolState snapshot(Moment now) {
        List<PoolState.HeldBlock> held = new ArrayList<>();
        blocks.forEach(now.nanos(), it -> held.add(held(it)));
        return new PoolState(held, disabled(), uses(now), health(now));
    }

    void restore(PoolState state, Moment now) {
        Set<String> replaced = replaced(state);
        for (PoolState.HeldBlock it : state.blocks()) {
            if (!it.scope().equals("key") || !replaced.contains(it.name())) {
                restore(it, now);
            }
        }
        state.disabled().forEach(this::restore);
        state.uses().forEach(it -> restore(it, now));
        for (PoolState.KeyHealth it : state.health()) {
            if (!replaced.contains(it.id())) {
                restore(it, now);
            }
        }
        blocks.reopen();
    }

    /** Keys that have another value under the same id: nothing is known of these. */
    private Set<String> replaced(PoolState state) {
        Set<String> replaced = new HashSet<>();
        for (PoolState.KeyHealth it : state.health()) {
            UpstreamKey key = roster.key(new KeyId(it.id()));
            if (key != null && !key.secret().fingerprint().equals(it.fingerprint())) {
                replaced.add(it.id());
            }
        }
        return replaced;
    }

    private static PoolState.HeldBlock held(Blocks.Held it) {
        Cooldown cooldown = it.cooldown();
        return new PoolState.HeldBlock(
                word(it.scope()),
                name(it.scope()),
                model(it.scope()),
                cooldown.reason(),
                cooldown.since().toEpochMilli(),
                cooldown.endsByItself() ? cooldown.until().toEpochMilli() : PoolState.FOREVER,
                cooldown.probeEarly(),
                cooldown.probed().get());
    }

    private static String word(Scope scope) {
        return switch (scope) {
            case Scope.Key _ -> "key";
            case Scope.InProject _ -> "project";
            case Scope.ProjectModel _ -> "project_model";
            case Scope.Model _ -> "model";
            case Scope.BillingAccount _ -> "billing_account";
            case Scope.Egress _ -> "egress";
        };
    }

    private static String name(Scope scope) {
        return switch (scope) {
            case Scope.Key of -> of.key().value();
            case Scope.InProject of -> of.project().value();
            case Scope.ProjectModel of -> of.project().value();
            case Scope.BillingAccount of -> of.account();
            case Scope.Model _, Scope.Egress _ -> "";
        };
    }

    private static String model(Scope scope) {
        return switch (scope) {
            case Scope.ProjectModel of -> of.model().value();
            case Scope.Model of -> of.model().value();
            case Scope.Key _, Scope.InProject _, Scope.BillingAccount _, Scope.Egress _ -> "";
        };
    }

    private static Optional<Scope> scope(PoolState.HeldBlock it) {
        return switch (it.scope()) {
            case "key" -> Optional.of(new Scope.Key(new KeyId(it.name())));
            case "project" -> Optional.of(new Scope.InProject(new ProjectId(it.name())));
            case "project_model" ->
                    Optional.of(
                            new Scope.ProjectModel(
                                    new ProjectId(it.name()), new ModelName(it.model())));
            case "model" -> Optional.of(new Scope.Model(new ModelName(it.model())));
            case "billing_account" -> Optional.of(new Scope.BillingAccount(it.name()));
            case "egress" -> Optional.of(new Scope.Egress());
            default -> Optional.empty();
        };
    }

    private void restore(PoolState.HeldBlock it, Moment now) {
        Instant until =
                it.untilMillis() == PoolState.FOREVER
                        ? Instant.MAX
                        : Instant.ofEpochMilli(it.untilMillis());
        Instant since = Instant.ofEpochMilli(Math.min(it.sinceMillis(), now.millis()));
        scope(it)
                .ifPresent(scope ->
                        blocks.begin(
                                new Block(scope, it.reason(), until, it.probeEarly()),
                                since,
                                it.probed(),
                                now));
    }

    private List<PoolState.DisabledKey> disabled() {
        List<PoolState.DisabledKey> keys = new ArrayList<>();
        for (UpstreamKey key : roster.keys()) {
            UpstreamKey.Disabling off = key.disabling();
            if (off != null) {
                keys.add(
                        new PoolState.DisabledKey(
                                key.id().value(), off.since().toEpochMilli(), off.reason()));
            }
        }
        return keys;
    }

    private void restore(PoolState.DisabledKey it) {
        UpstreamKey key = roster.key(new KeyId(it.id()));
        if (key != null) {
            key.disabling(
                    new UpstreamKey.Disabling(Instant.ofEpochMilli(it.sinceMillis()), it.reason()));
        }
    }

    private List<PoolState.ModelUse> uses(Moment now) {
        List<PoolState.ModelUse> uses = new ArrayList<>();
        for (Project project : roster.projects()) {
            for (Allotment allotment : project.allotments()) {
                DayUse use = allotment.quota().dayUse(now);
                if (use.requests() > 0 || !use.learnt().isEmpty()) {
                    uses.add(use(project, allotment, use));
                }
            }
        }
        return uses;
    }

    private static PoolState.ModelUse use(Project project, Allotment allotment, DayUse use) {
        Map<String, PoolState.LearntLimit> learnt = new HashMap<>();
        use.learnt()
                .forEach((dimension, limit) ->
                        learnt.put(
                                dimension.name(),
                                new PoolState.LearntLimit(
                                        limit.value(), limit.untilMillis(), limit.trustMillis())));
        return new PoolState.ModelUse(
                project.id().value(),
                allotment.model().map(ModelName::value).orElse(""),
                use.day().toString(),
                use.requests(),
                use.tokens(),
                learnt);
    }

    private void restore(PoolState.ModelUse it, Moment now) {
        Project project = roster.project(new ProjectId(it.project()));
        Optional<LocalDate> day = day(it.day());
        if (project == null || day.isEmpty()) {
            return;
        }
        Map<QuotaDimension, Learnt> learnt = new EnumMap<>(QuotaDimension.class);
        for (QuotaDimension dimension : QuotaDimension.values()) {
            PoolState.LearntLimit limit = it.learnt().get(dimension.name());
            if (limit != null) {
                learnt.put(
                        dimension,
                        new Learnt(limit.value(), limit.untilMillis(), limit.trustMillis()));
            }
        }
        Optional<ModelName> model =
                it.model().isEmpty() ? Optional.empty() : Optional.of(new ModelName(it.model()));
        project.allotment(roster.lane(model).model())
                .quota()
                .restore(new DayUse(day.get(), it.requests(), it.tokens(), learnt), now);
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException notADay) {
            return Optional.empty();
        }
    }

    private List<PoolState.KeyHealth> health(Moment now) {
        List<PoolState.KeyHealth> all = new ArrayList<>();
        for (UpstreamKey key : roster.keys()) {
            boolean closed = key.breaker().state() == CircuitBreaker.State.CLOSED;
            long wait = (key.breaker().opening(now.nanos()) - now.nanos()) / 1_000_000L;
            all.add(
                    new PoolState.KeyHealth(
                            key.id().value(),
                            key.secret().fingerprint(),
                            key.health().value(),
                            closed ? 0 : now.millis() + wait));
        }
        return all;
    }

    private void restore(PoolState.KeyHealth it, Moment now) {
        UpstreamKey key = roster.key(new KeyId(it.id()));
        if (key != null) {
            key.health().restore(it.score());
            if (it.breakerUntilMillis() > now.millis()) {
                long wait = it.breakerUntilMillis() - now.millis();
                key.breaker().restore(now.nanos() + wait * 1_000_000L);
            }
        }
    }
}
