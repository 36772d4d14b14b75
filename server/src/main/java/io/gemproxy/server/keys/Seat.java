package io.gemproxy.server.keys;

import io.gemproxy.server.keys.health.HealthScore;
import io.gemproxy.server.keys.quota.Moment;
import io.gemproxy.server.keys.selection.Candidate;
import java.util.List;
import java.util.function.Predicate;

/**
 * A key where a model is asked for.
 *
 * @param key the key
 * @param allotment what its project has of the model
 * @param health how well the two work together
 */
record Seat(UpstreamKey key, Allotment allotment, HealthScore health) implements Candidate {
    @Override
    public int weight() {
        return key.weight();
    }

    @Override
    public int inFlight() {
        return key.inFlight().get();
    }

    /** Whether neither operator, nor time, nor a block keeps it from serving. */
    boolean unblocked(long now, long millis) {
        BillingAccount account = key.project().account();
        return key.rest().over(now)
                && allotment.rest().over(now)
                && key.project().rest().over(now)
                && key.disabling() == null
                && !key.expired(millis)
                && (account == null || account.rest().over(now));
    }

    /**
     * When blocks and our own limit let it serve, as far as they end by themselves, and the known
     * limits too if they bind.
     */
    long opening(Moment moment, boolean limitsBind, long tokens) {
        long now = moment.nanos();
        long opening = limitsBind ? allotment.quota().opening(moment, tokens) : now;
        return later(opening, own(now));
    }

    private long own(long now) {
        long opening = later(key.use().opening(now), key.breaker().opening(now));
        opening = later(opening, end(key.rest(), now));
        opening = later(opening, end(key.project().rest(), now));
        opening = later(opening, end(allotment.rest(), now));
        BillingAccount account = key.project().account();
        return account == null ? opening : later(opening, end(account.rest(), now));
    }

    private static long end(Rest rest, long now) {
        Cooldown cooldown = rest.inForce(now);
        return cooldown == null ? now : cooldown.untilNanos();
    }

    /** Whether all that keeps it from serving may be asked early if it is over. */
    boolean mayAskEarly(long now, long millis) {
        return key.disabling() == null && !key.expired(millis) && rests(rest -> mayAsk(rest, now));
    }

    /** Takes the one early question of each of its rests; false if another request has it. */
    boolean askEarly(long now) {
        return rests(rest -> {
            Cooldown cooldown = rest.inForce(now);
            return cooldown == null || cooldown.probed().compareAndSet(false, true);
        });
    }

    /** From when all its rests may be asked early, {@code otherwise} if never. */
    long mayAskFrom(long now, long otherwise) {
        long from = now;
        boolean rests = false;
        for (Rest rest : List.of(key.rest(), key.project().rest(), allotment.rest())) {
            Cooldown cooldown = rest.inForce(now);
            if (cooldown != null && !cooldown.mayBeAsked()) {
                return otherwise;
            }
            rests |= cooldown != null;
            from = cooldown == null ? from : later(from, cooldown.mayAskFrom());
        }
        return rests ? from : otherwise;
    }

    /** Ends rests that a request lent after their beginning has shown to be over. */
    boolean overtaken(long lentAt) {
        boolean any = key.rest().overtaken(lentAt);
        any |= key.project().rest().overtaken(lentAt);
        any |= allotment.rest().overtaken(lentAt);
        BillingAccount account = key.project().account();
        return account == null ? any : account.rest().overtaken(lentAt) || any;
    }

    private boolean rests(Predicate<Rest> all) {
        BillingAccount account = key.project().account();
        return all.test(key.rest())
                && all.test(key.project().rest())
                && all.test(allotment.rest())
                && (account == null || all.test(account.rest()));
    }

    private static boolean mayAsk(Rest rest, long now) {
        Cooldown cooldown = rest.inForce(now);
        return cooldown == null || cooldown.mayAsk(now);
    }

    static long later(long a, long b) {
        return a - b >= 0 ? a : b;
    }
}
