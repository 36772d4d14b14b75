package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.ProjectId;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/** Which projects may serve a request. */
sealed interface Placement {
    /** Any: it names nothing that lives somewhere and makes nothing that stays. */
    record Anywhere() implements Placement {}

    /** Any, and that one best: what it carries came from there. */
    record Preferred(ProjectId project) implements Placement {}

    /** Only that one: what it names lives there. */
    record Bound(ProjectId project) implements Placement {}

    /** It makes something that stays: the first of these that can serve. */
    record NewIn(List<ProjectId> order) implements Placement {}

    /**
     * It names what this proxy never saw made.
     *
     * @param order the projects to ask, one after the other
     * @param names what is looked for
     */
    record Search(List<ProjectId> order, Set<String> names) implements Placement {}

    /**
     * It lists what these projects hold.
     *
     * @param order one after the other, never empty
     * @param wanted whether the client may see the item of that name in that project
     */
    record Listed(List<ProjectId> order, BiPredicate<String, ProjectId> wanted)
            implements Placement {}

    /**
     * None: what it names is not there for this client.
     *
     * @param order the projects that would be asked for an unknown name
     * @param name what is not there
     */
    record Nowhere(List<ProjectId> order, String name) implements Placement {}
}
