package io.gemproxy.server.ratelimit.budget;

import io.gemproxy.server.exchange.LimitPolicy;
import io.gemproxy.server.ratelimit.Allowance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What somebody took in the present period. Guarded by its account. */
final class Tally {
    private static final long PICO_IN_MICRO = 1_000_000;

    private final Span span;
    private Instant start;
    private Instant end;
    private long period;
    private Amounts spent = Amounts.ZERO;
    private Amounts held = Amounts.ZERO;
    private Amounts written = Amounts.ZERO;
    private boolean sound;

    /**
     * @param damagedAt when what was taken before got lost, null if it did not; a period that began
     *     after it has nothing before
     */
    Tally(Span span, Instant now, @Nullable Instant damagedAt) {
        this.span = span;
        this.start = span.start(now);
        this.end = span.end(start);
        this.sound = damagedAt == null || start.isAfter(damagedAt);
    }

    /** A period that is over makes room for the present one; time never runs backwards here. */
    void turn(Instant now) {
        if (!now.isBefore(end)) {
            begin(span.start(now));
        }
    }

    /** Nothing is spent any more, in the present period; what runs in it stays reserved. */
    void reset(Instant now) {
        Instant present = span.start(now);
        if (present.equals(start)) {
            spent = Amounts.ZERO;
            sound = true;
        } else {
            begin(present);
        }
    }

    private void begin(Instant present) {
        start = present;
        end = span.end(present);
        period++;
        spent = Amounts.ZERO;
        held = Amounts.ZERO;
        written = Amounts.ZERO;
        sound = true;
    }

    Instant start() {
        return start;
    }

    Instant end() {
        return end;
    }

    boolean sound() {
        return sound;
    }

    void distrust() {
        sound = false;
    }

    Amounts spent() {
        return spent;
    }

    Amounts held() {
        return held;
    }

    boolean isEmpty() {
        return spent.equals(Amounts.ZERO) && held.equals(Amounts.ZERO);
    }

    void hold(Amounts amounts) {
        held = held.plus(amounts);
    }

    /** Which period this is, of all that were counted here. */
    long period() {
        return period;
    }

    /** What was held in a period that is over stays there. */
    void settle(long heldIn, Amounts taken, Amounts real) {
        if (heldIn == period) {
            held = held.minus(taken).atLeast(Amounts.ZERO);
            spent = spent.plus(real);
        }
    }

    void spend(Amounts amounts) {
        spent = spent.plus(amounts);
    }

    /** What was charged in a period that is over stays there. */
    void replace(Advance before, Amounts used) {
        boolean here = !before.at().isBefore(start);
        Amounts charged = before.amounts();
        spent =
                here
                        ? spent.minus(charged).atLeast(Amounts.ZERO).plus(used)
                        : spent.plus(used.minus(charged).atLeast(Amounts.ZERO));
    }

    /** The first of the caps that this would go beyond. */
    Optional<Excess> excess(Caps caps, Amounts more) {
        List<Excess> found = new ArrayList<>(1);
        Amounts total = spent.plus(held);
        check(
                caps.scope().requests(),
                caps.requests(),
                total.requests(),
                spent.requests(),
                more.requests(),
                found);
        check(
                caps.scope().tokens(),
                caps.tokens(),
                total.tokens(),
                spent.tokens(),
                more.tokens(),
                found);
        check(
                caps.scope().cost(),
                caps.picodollars(),
                total.picodollars(),
                spent.picodollars(),
                more.picodollars(),
                found);
        return found.stream().findFirst();
    }

    private static void check(
            LimitPolicy policy,
            OptionalLong cap,
            long total,
            long spent,
            long more,
            List<Excess> found) {
        if (cap.isPresent() && more > 0 && more > cap.getAsLong() - total) {
            found.add(
                    new Excess(
                            policy, more > cap.getAsLong(), more <= cap.getAsLong() - spent, more));
        }
    }

    /** What is left of each cap. */
    List<Allowance> allowances(Caps caps, Instant now) {
        List<Allowance> all = new ArrayList<>(3);
        Amounts total = spent.plus(held);
        Duration reset = left(now);
        allowance(caps.scope().requests(), caps.requests(), total.requests(), 1, reset, all);
        allowance(caps.scope().tokens(), caps.tokens(), total.tokens(), 1, reset, all);
        allowance(
                caps.scope().cost(),
                caps.picodollars(),
                total.picodollars(),
                PICO_IN_MICRO,
                reset,
                all);
        return all;
    }

    private void allowance(
            LimitPolicy policy,
            OptionalLong cap,
            long total,
            long unit,
            Duration reset,
            List<Allowance> all) {
        if (cap.isPresent()) {
            long most = cap.getAsLong();
            long left = Math.max(0, most - total);
            all.add(
                    new Allowance(
                            policy, most / unit, left / unit, Duration.between(start, end), reset));
        }
    }

    /** Until the period is over. */
    Duration left(Instant now) {
        Duration left = Duration.between(now, end());
        return left.isPositive() ? left : Duration.ofSeconds(1);
    }

    /** Whether a crash now would forget something. */
    boolean isBeyond(Caps caps) {
        Amounts total = spent.plus(held);
        return (caps.requests().isPresent() && total.requests() > written.requests())
                || (caps.tokens().isPresent() && total.tokens() > written.tokens())
                || (caps.picodollars().isPresent() && total.picodollars() > written.picodollars());
    }

    /** Whether a crash now would invent more than twice a slice. */
    boolean isFarBelow(Caps caps) {
        Amounts total = spent.plus(held);
        Amounts slice = caps.slice();
        return far(total.requests(), written.requests(), slice.requests())
                || far(total.tokens(), written.tokens(), slice.tokens())
                || far(total.picodollars(), written.picodollars(), slice.picodollars());
    }

    private static boolean far(long total, long written, long slice) {
        return slice > 0 && total + 2 * slice < written;
    }

    /** What is to be on disk: ahead of what was taken. */
    KeptTally writtenAhead(Caps caps) {
        written = spent.plus(held).plus(caps.slice());
        return new KeptTally(start, written, sound);
    }

    /** The same at any time; nobody goes beyond what was written before, nor beyond this. */
    KeptTally snapshot(Caps caps) {
        Amounts now = spent.plus(held).plus(caps.slice());
        written = written.atMost(now);
        return new KeptTally(start, now, sound);
    }

    /** What is to be on disk when nothing runs any more. */
    KeptTally exact() {
        written = spent.plus(held);
        return new KeptTally(start, written, sound);
    }

    /** Takes back what an earlier process had written, unless that period is over. */
    void restore(KeptTally kept) {
        if (!kept.start().isBefore(start)) {
            start = kept.start();
            end = span.end(start);
            spent = kept.upTo();
            written = kept.upTo();
            sound = kept.sound();
        }
    }

    /**
     * A cap that stands against a wish.
     *
     * @param never whether it is more than the whole cap
     * @param soon whether only requests that still run stand in the way
     * @param wanted of the cap's unit
     */
    record Excess(LimitPolicy policy, boolean never, boolean soon, long wanted) {}
}
