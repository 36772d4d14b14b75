package io.gemproxy.server.reload;

import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.GemproxyConfig;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * All parts on their way to one configuration: none takes it over unless all are ready, and then
 * all do. Taking over does nothing that can fail; where a part fails all the same, the others go on
 * and it is said.
 */
final class Preparation {
    private static final System.Logger LOG = System.getLogger(Preparation.class.getName());

    private final List<Ready> ready = new ArrayList<>();
    private final List<Finding> refusals = new ArrayList<>();

    private final List<String> failed = new ArrayList<>();

    private record Ready(List<String> settings, Prepared prepared) {
        String name() {
            return settings.isEmpty() ? "" : settings.getFirst();
        }
    }

    /** Prepares all, also after one has refused, so that everything is said at once. */
    static Preparation of(List<Reloadable> parts, GemproxyConfig next) {
        Preparation preparation = new Preparation();
        parts.forEach(part -> preparation.prepare(part, next));
        return preparation;
    }

    private void prepare(Reloadable part, GemproxyConfig next) {
        try {
            ready.add(new Ready(part.settings(), part.prepare(next)));
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
        return ready.stream().flatMap(it -> it.prepared().changed().stream()).toList();
    }

    /** All take over; tells of those that could not, empty if all did. */
    List<Finding> commit() {
        List<Finding> failures = new ArrayList<>();
        for (Ready part : ready) {
            try {
                part.prepared().commit();
            } catch (RuntimeException bug) {
                LOG.log(
                        Level.ERROR,
                        "a part of the server could not take over: " + part.name(),
                        bug);
                failed.addAll(part.settings());
                failures.add(
                        Finding.unfit(
                                part.name(),
                                "this part could not take over and is in doubt; the log says why"));
            }
        }
        return failures;
    }

    /** All settings of those parts. */
    List<String> failed() {
        return failed;
    }

    void discard() {
        ready.forEach(it -> it.prepared().discard());
    }
}
