package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.keys.quota.Moment;
import io.gemproxy.server.keys.selection.LeastLoaded;
import io.gemproxy.server.keys.selection.MostHeadroom;
import io.gemproxy.server.keys.selection.SelectionPolicy;
import io.gemproxy.server.keys.selection.WeightedRoundRobin;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The pool as one configuration has it; another one takes the place of the whole of it, so whoever
 * holds it sees one order of keys from beginning to end.
 */
record Lineup(
        KeysConfig config,
        Roster roster,
        Blocks blocks,
        Lender lender,
        Learning learning,
        PoolMemory memory,
        KeyViews views,
        PassedOverKeys passedOver) {
    /**
     * @param egress rests where Google refuses the address the proxy calls from
     * @param clock wall clock
     * @param newest the roster that lends now
     */
    static Lineup of(
            KeysConfig config,
            Inheritance inherited,
            SharedProjects shared,
            Rest egress,
            InstantSource clock,
            Supplier<Roster> newest) {
        SelectionPolicy policy = policy(config.selection());
        Roster roster = new Roster(config, policy.refusesEarly(), clock.instant(), inherited);
        Blocks blocks = new Blocks(roster, egress, newest);
        Consequences consequences = new Consequences(clock, roster::accountOf);
        return new Lineup(
                config,
                roster,
                blocks,
                new Lender(roster, policy, egress),
                new Learning(roster, blocks, consequences, shared),
                new PoolMemory(roster, blocks),
                new KeyViews(roster, shared),
                new PassedOverKeys(roster));
    }

    private static SelectionPolicy policy(KeysConfig.Selection selection) {
        return switch (selection) {
            case WEIGHTED_ROUND_ROBIN -> new WeightedRoundRobin();
            case LEAST_LOADED -> new LeastLoaded();
            case MOST_HEADROOM -> new MostHeadroom();
        };
    }

    /** Takes a key out of service; false if there is no such key. */
    boolean disable(KeyId id, Moment now, StateChanges changes) {
        UpstreamKey key = roster.key(id);
        if (key != null && key.disabling() == null) {
            Instant since = Instant.ofEpochMilli(now.millis());
            changes.during(
                    key,
                    now,
                    () -> key.disabling(new UpstreamKey.Disabling(since, KeyStates.BY_OPERATOR)));
        }
        return key != null;
    }

    /** Takes it back; false if there is no such key. */
    boolean enable(KeyId id, Moment now, StateChanges changes) {
        UpstreamKey key = roster.key(id);
        if (key != null) {
            changes.during(key, now, () -> comesBack(key, now));
        }
        return key != null;
    }

    private void comesBack(UpstreamKey key, Moment now) {
        key.disabling(null);
        key.rest().end();
        key.breaker().reset();
        learning.comesBack(key, now);
        blocks.reopen();
    }
}
