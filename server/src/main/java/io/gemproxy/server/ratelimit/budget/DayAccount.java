package io.gemproxy.server.ratelimit.budget;

import io.gemproxy.server.exchange.AddressGroup;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What an address, or all clients together, took on this day. Its lock is held over sums only. */
final class DayAccount {
    private final Optional<AddressGroup> address;
    private final InstantSource clock;
    private final DayJournal journal;
    private final Tally tally;
    private Caps caps;
    private volatile long due;

    /**
     * @param address empty: all clients
     */
    DayAccount(Optional<AddressGroup> address, Caps caps, InstantSource clock, DayJournal journal) {
        this.address = address;
        this.caps = caps;
        this.clock = clock;
        this.journal = journal;
        this.tally = new Tally(Span.DAY, clock.instant(), null);
    }

    /** Reserves, or refuses. */
    synchronized BudgetDecision reserve(Caps present, Amounts amounts) {
        Optional<BudgetDecision> refusal = refusal(present, amounts);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        tally.hold(amounts);
        tellIfDue();
        long period = tally.period();
        return new BudgetDecision.Granted(real -> settle(period, amounts, real), List.of());
    }

    /** Takes for good, or refuses. */
    synchronized BudgetDecision take(Caps present, Amounts amounts) {
        Optional<BudgetDecision> refusal = refusal(present, amounts);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        tally.spend(amounts);
        tellIfDue();
        return BudgetDecision.Granted.FREELY;
    }

    /** What {@link #take} would refuse now; takes nothing. */
    synchronized Optional<BudgetDecision> refusal(Caps present, Amounts amounts) {
        Instant now = clock.instant();
        tally.turn(now);
        caps = present;
        return Verdict.against(tally, present, amounts, now);
    }

    /** Counts what was never reserved. */
    synchronized void spend(Caps present, Amounts amounts) {
        tally.turn(clock.instant());
        caps = present;
        tally.spend(amounts);
        tellIfDue();
    }

    private synchronized void settle(long period, Amounts taken, Amounts real) {
        tally.settle(period, taken, real);
        tellIfDue();
    }

    private void tellIfDue() {
        if (tally.isBeyond(caps)) {
            due = journal.write(kept(tally.writtenAhead(caps)));
        } else if (tally.isFarBelow(caps)) {
            journal.write(kept(tally.writtenAhead(caps)));
        }
    }

    /** Where the count stands that must be on disk before what was taken may be used. */
    long due() {
        return due;
    }

    /** Begins the day at nothing but what requests that run have reserved. */
    synchronized void reset() {
        tally.reset(clock.instant());
        due = journal.write(kept(tally.writtenAhead(caps)));
    }

    /** What an earlier process had written. */
    synchronized void restore(KeptTally before) {
        tally.restore(before);
    }

    /** Nobody knows what was taken on this day. */
    synchronized void distrust() {
        tally.distrust();
    }

    /** As it is to be written while requests run; empty if there is nothing to keep. */
    synchronized Optional<KeptDay> snapshot() {
        tally.turn(clock.instant());
        return tally.isEmpty() && tally.sound()
                ? Optional.empty()
                : Optional.of(kept(tally.snapshot(caps)));
    }

    /** As it is to be written when none runs any more. */
    synchronized KeptDay exactly() {
        return kept(tally.exact());
    }

    private KeptDay kept(KeptTally day) {
        return new KeptDay(address, day);
    }
}
