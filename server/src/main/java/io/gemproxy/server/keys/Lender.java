package io.gemproxy.server.keys;

import io.gemproxy.server.keys.quota.Moment;
import io.gemproxy.server.keys.selection.SelectionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the key that serves a wish. Safe for use by many threads, without a lock of its own. */
final class Lender {
    /** Another thread may take the last place of a key between choice and taking. */
    private static final int CHOICES = 4;

    private final Roster roster;
    private final SelectionPolicy policy;
    private final Rest egress;

    Lender(Roster roster, SelectionPolicy policy, Rest egress) {
        this.roster = roster;
        this.policy = policy;
        this.egress = egress;
    }

    Lending lend(LendingWish wish, Moment now) {
        Lane lane = roster.lane(wish.model());
        Cooldown overall = overall(lane, now.nanos());
        if (overall != null && !asks(overall, now.nanos())) {
            return shut(overall, lane, now);
        }
        Round round = new Round(wish, now, policy.refusesEarly());
        if (wish.key().isPresent() || wish.project().isPresent()) {
            return among(named(wish, lane), round);
        }
        Optional<Lane.Closed> before = lane.closed();
        if (before.isPresent() && wish.tried().isEmpty() && holds(before.get(), wish, now)) {
            return cooling(before.get().openingNanos(), now, Lending.Reason.COOLING);
        }
        Seat seat = preferred(lane, round);
        seat = seat == null ? choose(lane, round) : seat;
        return seat == null ? last(lane, round, before) : lent(seat, round);
    }

    /** Whether {@link #lend} would lend; nothing is taken. */
    boolean canServe(LendingWish wish, Moment now) {
        Lane lane = roster.lane(wish.model());
        if (overall(lane, now.nanos()) != null) {
            return false;
        }
        Round round = new Round(wish, now, policy.refusesEarly());
        boolean named = wish.key().isPresent() || wish.project().isPresent();
        for (Seat seat : named ? named(wish, lane) : lane.turns(now)) {
            if (round.free(seat)) {
                return true;
            }
        }
        for (Seat seat : named ? named(wish, lane) : lane.seats()) {
            if (round.freeButForItsBreaker(seat)) {
                return true;
            }
        }
        return false;
    }

    /** How long until some key may serve, tried or not; empty if none will by itself. */
    Optional<Duration> earliestOpening(LendingWish wish, Moment now) {
        Lane lane = roster.lane(wish.model());
        Shortage shortage = new Shortage(now);
        for (Seat seat : lane.seats()) {
            if (wish.admits(seat.key()) && seat.key().usable(now.millis())) {
                shortage.opensAt(seat.opening(now, policy.refusesEarly(), wish.inputTokens()));
            }
        }
        Cooldown overall = overall(lane, now.nanos());
        long atLeast = overall == null ? now.nanos() : overall.untilNanos();
        return shortage.opening()
                .map(nanos -> Duration.ofNanos(Seat.later(nanos, atLeast) - now.nanos()))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    /** Preferences break no rule: who rests, is full or comes back slowly is passed over. */
    private @Nullable Seat preferred(Lane lane, Round round) {
        for (Preference preference : round.wish().preferences()) {
            Project project = roster.project(preference.project());
            Seat seat = project == null ? null : within(project, preference.reserve(), lane, round);
            if (seat != null) {
                return seat;
            }
        }
        return null;
    }

    private @Nullable Seat within(Project project, double reserve, Lane lane, Round round) {
        List<UpstreamKey> keys = project.keys();
        int start = project.turn();
        for (int i = 0; i < keys.size(); i++) {
            Seat seat = lane.seat(keys.get(Math.floorMod(start + i, keys.size())));
            if (round.free(seat)
                    && round.headroom(seat) > reserve
                    && round.takesTurn(seat)
                    && take(seat, round)) {
                return seat;
            }
        }
        return null;
    }

    private @Nullable Seat choose(Lane lane, Round round) {
        for (int choice = 0; choice < CHOICES; choice++) {
            Seat[] turns = lane.turns(round.now());
            if (turns.length == 0) {
                return null;
            }
            Seat seat = policy.choose(turns, lane.turn(), round);
            lane.skipped(round.takeBlocked());
            if (seat == null) {
                return null;
            }
            if (take(seat, round)) {
                return seat;
            }
            round.again();
        }
        return null;
    }

    private Lending last(Lane lane, Round round, Optional<Lane.Closed> before) {
        LastLook look = new LastLook(round);
        Seat[] seats = lane.seats();
        int start = (int) Math.floorMod(lane.turn(), (long) Math.max(1, seats.length));
        for (int i = 0; i < seats.length; i++) {
            Seat seat = seats[(start + i) % seats.length];
            if (look.at(seat) && take(seat, round)) {
                return lent(seat, round);
            }
        }
        Lending lending = settleFor(look, round);
        if (lending instanceof Lending.Exhausted && round.wish().tried().isEmpty()) {
            look.shortage()
                    .opening()
                    .ifPresent(opening ->
                            lane.closed(
                                    before,
                                    new Lane.Closed(
                                            look.nextChange(opening),
                                            opening,
                                            round.strict() ? round.wish().inputTokens() : 0)));
        }
        return lending;
    }

    private Lending among(Seat[] seats, Round round) {
        LastLook look = new LastLook(round);
        int start = seats.length == 0 ? 0 : seats[0].key().project().turn();
        for (int i = 0; i < seats.length; i++) {
            Seat seat = seats[Math.floorMod(start + i, seats.length)];
            if (look.at(seat) && take(seat, round)) {
                return lent(seat, round);
            }
        }
        return settleFor(look, round);
    }

    /** A key that only its breaker holds back, then one that may ask early, then none. */
    private static Lending settleFor(LastLook look, Round round) {
        Seat broken = look.onlyBroken();
        if (broken != null && takeAnyway(broken, round)) {
            return lent(broken, round);
        }
        Seat asker = look.mayAsk();
        if (asker != null && asker.askEarly(round.now().nanos()) && takeAnyway(asker, round)) {
            return lent(asker, round);
        }
        return look.shortage().asLending();
    }

    private boolean take(Seat seat, Round round) {
        long now = round.now().nanos();
        if (!seat.key().breaker().enter(now) || !seat.key().use().tryLend(now)) {
            return false;
        }
        if (!round.strict()) {
            seat.allotment().quota().reserve(round.now(), round.wish().inputTokens());
        } else if (!seat.allotment().quota().tryReserve(round.now(), round.wish().inputTokens())) {
            return false;
        }
        seat.key().inFlight().incrementAndGet();
        return true;
    }

    private static boolean takeAnyway(Seat seat, Round round) {
        seat.key().breaker().enter(round.now().nanos());
        if (!seat.key().use().tryLend(round.now().nanos())) {
            return false;
        }
        seat.allotment().quota().reserve(round.now(), round.wish().inputTokens());
        seat.key().inFlight().incrementAndGet();
        return true;
    }

    private static Lending lent(Seat seat, Round round) {
        UpstreamKey key = seat.key();
        LendingWish wish = round.wish();
        return new Lending.Lent(
                new KeyLease(
                        key.id(),
                        key.project().id(),
                        key.secret(),
                        wish.model(),
                        round.now().nanos(),
                        wish.inputTokens(),
                        key.index()));
    }

    private Seat[] named(LendingWish wish, Lane lane) {
        List<UpstreamKey> keys;
        if (wish.key().isPresent()) {
            UpstreamKey key = roster.key(wish.key().get());
            keys = key == null ? List.of() : List.of(key);
        } else {
            Project project = roster.project(wish.project().orElseThrow());
            keys = project == null ? List.of() : project.keys();
        }
        return keys.stream().filter(wish::admits).map(lane::seat).toArray(Seat[]::new);
    }

    private @Nullable Cooldown overall(Lane lane, long now) {
        Cooldown ofEgress = egress.inForce(now);
        Cooldown ofModel = lane.rest().inForce(now);
        if (ofEgress == null || ofModel == null) {
            return ofEgress == null ? ofModel : ofEgress;
        }
        return ofModel.outlasts(ofEgress) ? ofModel : ofEgress;
    }

    private static boolean asks(Cooldown overall, long now) {
        return overall.mayAsk(now) && overall.probed().compareAndSet(false, true);
    }

    private Lending shut(Cooldown overall, Lane lane, Moment now) {
        Lending.Reason reason =
                overall.equals(lane.rest().inForce(now.nanos()))
                        ? Lending.Reason.MODEL_OVERLOADED
                        : Lending.Reason.EGRESS_REFUSED;
        return overall.endsByItself()
                ? cooling(overall.untilNanos(), now, reason)
                : new Lending.Exhausted(reason, Optional.empty());
    }

    private static boolean holds(Lane.Closed closed, LendingWish wish, Moment now) {
        return wish.inputTokens() >= closed.tokens()
                && closed.untilNanos() - now.nanos() > 0
                && closed.openingNanos() - now.nanos() > 0;
    }

    private static Lending cooling(long opening, Moment now, Lending.Reason reason) {
        return new Lending.Exhausted(reason, Optional.of(Duration.ofNanos(opening - now.nanos())));
    }
}
