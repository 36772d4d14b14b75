package io.gemproxy.server.reload;

import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.GemproxyConfig;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/** All parts on their way to one configuration: all of them take it over, or none does. */
final class Preparation {
    private static final System.Logger LOG = System.getLogger(Preparation.class.getName());

    private final List<Prepared> ready = new ArrayList<>();
    private final List<Finding> refusals = new ArrayList<>();

    /** Prepares all, also after one has refused, so that everything is said at once. */
    static Preparation of(List<Reloadable> parts, GemproxyConfig next) {
        Preparation preparation = new Preparation();
        parts.forEach(part -> preparation.prepare(part, next));
        return preparation;
    }

    private void prepare(Reloadable part, GemproxyConfig next) {
        try {
            ready.add(part.prepare(next));
        } catch (NotReady refused) {
            refusals.addAll(refused.findings());
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "a part of the server could not prepare for a reload", bug);
            refusals.add(Finding.unfit("", "gemproxy failed to prepare; its log says more"));
        }
    }

    /** Why it cannot be; empty if all are ready. */
    List<Finding> refusals() {
        return refusals;
    }

    List<String> changed() {
        return ready.stream().flatMap(it -> it.changed().stream()).toList();
    }

    void commit() {
        for (Prepared prepared : ready) {
            try {
                prepared.commit();
            } catch (RuntimeException bug) {
                LOG.log(Level.ERROR, "a part of the server could not take over", bug);
            }
        }
    }

    void discard() {
        ready.forEach(Prepared::discard);
    }
}
