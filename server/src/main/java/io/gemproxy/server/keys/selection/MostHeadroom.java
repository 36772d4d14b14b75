package io.gemproxy.server.keys.selection;

import org.jspecify.annotations.Nullable;

/**
 * The key whose project is farthest from its known limits, of a few looked at; where none has room
 * the request is refused before Google does it. Keys of one project, which are as far as each
 * other, serve by lot.
 *
 * <p>Upside: the fewest 429 answers of all policies. Downside: only as good as the limits it knows,
 * and use of a project outside this proxy is seen only once Google refuses.
 */
public final class MostHeadroom implements SelectionPolicy {
    @Override
    public <C extends Candidate> @Nullable C choose(C[] turns, long turn, Judge<C> judge) {
        C best = null;
        double most = 0;
        double fewest = 0;
        int bestPlace = 0;
        boolean few = turns.length <= SAMPLE * 8;
        int start = SelectionPolicy.scattered(turn, 0, turns.length);
        for (int look = 0, found = 0; look < turns.length && found < SAMPLE; look++) {
            int position =
                    few || look >= SAMPLE
                            ? (start + look) % turns.length
                            : SelectionPolicy.scattered(turn, look, turns.length);
            C candidate = turns[position];
            if (!judge.free(candidate)) {
                continue;
            }
            double headroom = judge.headroom(candidate);
            if (headroom <= 0) {
                continue;
            }
            found += few ? 0 : 1;
            double recent = judge.recent(candidate) / (candidate.weight() * judge.share(candidate));
            int place = SelectionPolicy.scattered(turn, turns.length + look, Integer.MAX_VALUE);
            boolean fewer = recent < fewest || (recent <= fewest && place < bestPlace);
            if (best == null || headroom > most || (headroom >= most && fewer)) {
                best = candidate;
                most = headroom;
                fewest = recent;
                bestPlace = place;
            }
        }
        return best;
    }

    @Override
    public boolean refusesEarly() {
        return true;
    }
}
