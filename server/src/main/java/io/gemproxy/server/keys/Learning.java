package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.ErrorExcerpt;
import io.gemproxy.server.keys.health.CircuitBreaker;
import io.gemproxy.server.keys.quota.Moment;
import java.time.Instant;
import java.util.Optional;

/** What the pool learns from the outcome of an attempt. Safe for use by many threads. */
final class Learning {
    private final Roster roster;
    private final Blocks blocks;
    private final Consequences consequences;
    private final QuotaLessons lessons;

    Learning(Roster roster, Blocks blocks, Consequences consequences, SharedProjects shared) {
        this.lessons = new QuotaLessons(roster, shared);
        this.roster = roster;
        this.blocks = blocks;
        this.consequences = consequences;
    }

    /**
     * An attempt worked.
     *
     * @return whether the key came back by it
     */
    boolean worked(UpstreamKey key, KeyLease lease, Moment now) {
        Lane lane = roster.lane(lease.model());
        Seat seat = lane.seat(key);
        long took = now.nanos() - lease.lentAtNanos();
        key.health().succeeded(took);
        seat.health().succeeded(took);
        lane.usual().succeeded(took);
        boolean closed = key.breaker().succeeded();
        if (closed) {
            comesBack(key, now);
        }
        boolean overtaken = seat.overtaken(lease.lentAtNanos());
        overtaken |= lane.rest().overtaken(lease.lentAtNanos());
        overtaken |= blocks.egress().overtaken(lease.lentAtNanos());
        if (closed || overtaken) {
            blocks.reopen();
        }
        return closed || overtaken;
    }

    /** An attempt did not work. */
    void failed(
            UpstreamKey key,
            KeyLease lease,
            AttemptOutcome outcome,
            Optional<ErrorExcerpt> said,
            Moment now) {
        Seat seat = roster.lane(lease.model()).seat(key);
        if (lease.project().equals(key.project().id())) {
            seat.allotment().quota().failed(now, lease.lentAtNanos(), lease.reservedTokens());
        }
        switch (Blame.of(outcome)) {
            case KEY_OR_PROJECT -> {
                blamed(seat, outcome, said, now);
                key.breaker().saidNothing();
            }
            case UNKNOWN -> {
                blamed(seat, outcome, said, now);
                mayBreak(key, now);
            }
            case CONNECTION -> mayBreak(key, now);
            case ELSEWHERE, NONE -> key.breaker().saidNothing();
        }
        lessons.learn(lease, outcome, now);
        for (Block block : consequences.of(lease, outcome)) {
            blocks.begin(block, now);
        }
    }

    /** A probe of a key came back. */
    void probed(UpstreamKey key, KeyLease lease, AttemptOutcome outcome, Moment now) {
        if (outcome instanceof AttemptOutcome.Succeeded) {
            BillingAccount account = key.project().account();
            boolean back = endsUnlessByItself(key.rest(), now);
            back |= endsUnlessByItself(key.project().rest(), now);
            back |= account != null && endsUnlessByItself(account.rest(), now);
            back |= key.breaker().state() != CircuitBreaker.State.CLOSED;
            key.breaker().reset();
            if (back) {
                comesBack(key, now);
                blocks.reopen();
            }
            return;
        }
        foundOut(key, outcome, now);
        for (Block block : consequences.of(lease, outcome)) {
            blocks.begin(block, now);
        }
    }

    /** A probe took the place of the request that a breaker which is not closed waits for. */
    private void foundOut(UpstreamKey key, AttemptOutcome outcome, Moment now) {
        if (key.breaker().state() == CircuitBreaker.State.CLOSED
                || !key.breaker().enter(now.nanos())) {
            return;
        }
        switch (Blame.of(outcome)) {
            case UNKNOWN, CONNECTION -> mayBreak(key, now);
            case KEY_OR_PROJECT, ELSEWHERE, NONE -> key.breaker().saidNothing();
        }
    }

    private static boolean endsUnlessByItself(Rest rest, Moment now) {
        Cooldown cooldown = rest.inForce(now.nanos());
        if (cooldown == null || cooldown.endsByItself()) {
            return false;
        }
        rest.end();
        return true;
    }

    /** A key serves again after it was out of service: carefully at first. */
    void comesBack(UpstreamKey key, Moment now) {
        key.since(Instant.ofEpochMilli(now.millis()));
        key.slowStart().begin(now.nanos());
    }

    private void mayBreak(UpstreamKey key, Moment now) {
        if (key.breaker().failed(now.nanos(), mostBreakersAreClosed())) {
            key.since(Instant.ofEpochMilli(now.millis()));
        }
    }

    private static void blamed(
            Seat seat, AttemptOutcome outcome, Optional<ErrorExcerpt> said, Moment now) {
        seat.key().use().failed();
        seat.key().health().failed();
        seat.health().failed();
        seat.key()
                .lastError(
                        new LastError(Instant.ofEpochMilli(now.millis()), outcome.reason(), said));
    }

    /** If half of the keys fail, the fault is hardly theirs. */
    private boolean mostBreakersAreClosed() {
        long open =
                roster.keys().stream()
                        .filter(key -> key.breaker().state() != CircuitBreaker.State.CLOSED)
                        .count();
        return 2 * (open + 1) <= roster.keys().size();
    }
}
