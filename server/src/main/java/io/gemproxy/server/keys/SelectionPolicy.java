package io.gemproxy.server.keys;

import java.util.List;

/** Chooses among the keys that may serve; called under the pool's lock. */
interface SelectionPolicy {
    /**
     * The key that serves next.
     *
     * @param eligible never empty
     */
    UpstreamKey choose(List<UpstreamKey> eligible);
}
