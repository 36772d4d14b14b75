package io.gemproxy.server.keys.selection;

/**
 * The key whose project is farthest from its known limits, of those looked at; where none has room
 * the request is refused before Google does it. Keys of one project, which are as far as each
 * other, serve by lot.
 *
 * <p>Upside: the fewest 429 answers of all policies. Downside: only as good as the limits it knows,
 * and use of a project outside this proxy is seen only once Google refuses.
 */
public final class MostHeadroom extends ComparingPolicy {
    @Override
    <C extends Candidate> double burden(C candidate, Judge<C> judge) {
        return -judge.headroom(candidate);
    }

    @Override
    <C extends Candidate> double tieBreak(C candidate, Judge<C> judge) {
        return judge.recent(candidate) / (candidate.weight() * judge.share(candidate));
    }

    @Override
    public boolean refusesEarly() {
        return true;
    }
}
