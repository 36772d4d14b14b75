package io.gemproxy.server.config;

import java.util.Optional;

/** The admin port has two names, of which one counts. */
final class AdminPort {
    static final String NEWER = "admin.port";
    static final String OLDER = "metrics.prometheus_port";

    private AdminPort() {}

    /** The one from the higher layer, the newer name if they are equal; empty if neither is set. */
    static Optional<Leaf> decisive(Leaves leaves) {
        Optional<Leaf> older = leaves.find(OLDER);
        Optional<Leaf> newer = leaves.find(NEWER);
        boolean useOlder =
                older.isPresent()
                        && newer.map(it -> it.layer().compareTo(older.get().layer()) < 0)
                                .orElse(true);
        return useOlder ? older : newer;
    }
}
