package io.gemproxy.server.keys.affinity;

import io.gemproxy.server.exchange.ProjectId;

/** What the directory says to an owner about a name. */
public sealed interface Sighting {
    /** The owner's own, or nobody's, and where it lives. */
    record Known(ProjectId project) implements Sighting {}

    /** Only somebody else's; the asker must not learn even that. */
    record Foreign() implements Sighting {}

    /** Never seen, forgotten, or over. */
    record Unknown() implements Sighting {}
}
