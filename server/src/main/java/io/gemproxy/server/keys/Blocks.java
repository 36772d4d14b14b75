package io.gemproxy.server.keys;

import io.gemproxy.server.keys.quota.Moment;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts blocks where their scope says. Safe for use by many threads. */
final class Blocks {
    private final Roster roster;
    private final Rest egress;
    private final Supplier<Roster> newest;

    /**
     * @param egress rests where Google refuses the address the proxy calls from
     * @param newest the roster that lends now, which may have come after this one
     */
    Blocks(Roster roster, Rest egress, Supplier<Roster> newest) {
        this.roster = roster;
        this.egress = egress;
        this.newest = newest;
    }

    Rest egress() {
        return egress;
    }

    void begin(Block block, Moment now) {
        begin(block, Instant.ofEpochMilli(now.millis()), false, now);
    }

    /** Takes up a block of an earlier run, unless it is over or its scope is gone. */
    void begin(Block block, Instant since, boolean probed, Moment now) {
        Instant wall = Instant.ofEpochMilli(now.millis());
        Rest rest = restOf(block.scope());
        if (rest != null && block.until().isAfter(wall)) {
            Cooldown cooldown = Cooldown.of(block, since, wall, now.nanos());
            cooldown.probed().set(probed);
            rest.begin(cooldown, now.nanos());
        }
    }

    /** What rests where. */
    void forEach(long now, Consumer<Held> each) {
        give(new Scope.Egress(), egress, now, each);
        roster.accounts()
                .forEach(it -> give(new Scope.BillingAccount(it.name()), it.rest(), now, each));
        for (Lane lane : roster.lanes()) {
            lane.model().ifPresent(name -> give(new Scope.Model(name), lane.rest(), now, each));
        }
        for (Project project : roster.projects()) {
            give(new Scope.InProject(project.id()), project.rest(), now, each);
            for (Allotment allotment : project.allotments()) {
                allotment
                        .model()
                        .ifPresent(name ->
                                give(
                                        new Scope.ProjectModel(project.id(), name),
                                        allotment.rest(),
                                        now,
                                        each));
            }
        }
        roster.keys().forEach(key -> give(new Scope.Key(key.id()), key.rest(), now, each));
    }

    /**
     * A block in force.
     *
     * @param scope what rests
     * @param cooldown why and until when
     */
    record Held(Scope scope, Cooldown cooldown) {}

    /** Something came back by other ways than time. */
    void reopen() {
        newest.get().lanes().forEach(Lane::reopen);
    }

    private static void give(Scope scope, Rest rest, long now, Consumer<Held> each) {
        Cooldown cooldown = rest.inForce(now);
        if (cooldown != null) {
            each.accept(new Held(scope, cooldown));
        }
    }

    private @Nullable Rest restOf(Scope scope) {
        return switch (scope) {
            case Scope.Key of -> {
                UpstreamKey key = roster.key(of.key());
                yield key == null ? null : key.rest();
            }
            case Scope.InProject of -> {
                Project project = roster.project(of.project());
                yield project == null ? null : project.rest();
            }
            case Scope.ProjectModel of -> {
                Project project = roster.project(of.project());
                yield project == null
                        ? null
                        : project.allotment(roster.lane(Optional.of(of.model())).model()).rest();
            }
            case Scope.Model of -> {
                Lane lane = roster.lane(Optional.of(of.model()));
                yield lane.model().isPresent() ? lane.rest() : null;
            }
            case Scope.BillingAccount of -> {
                BillingAccount account = roster.account(of.account());
                yield account == null ? null : account.rest();
            }
            case Scope.Egress _ -> egress;
        };
    }
}
