package io.gemproxy.server.keys.cache;

import io.gemproxy.server.exchange.ProjectId;
import java.util.ArrayList;
import java.util.List;

/**
 * Where one prefix was sent, the latest first.
 *
 * @param places each project once, at most {@value #MOST}
 */
record Warmth(List<Place> places) {
    /** A prefix that is warm in more projects loses nothing worth a longer list. */
    private static final int MOST = 4;

    /**
     * A project.
     *
     * @param nanos when it was last sent the prefix, on the clock of {@code System.nanoTime}
     */
    private record Place(ProjectId project, long nanos) {}

    static Warmth of(ProjectId project, long now) {
        return new Warmth(List.of(new Place(project, now)));
    }

    /** The same after one more request, without places older than {@code oldest}. */
    Warmth with(ProjectId project, long now, long oldest) {
        List<Place> next = new ArrayList<>(MOST);
        next.add(new Place(project, now));
        for (Place place : places) {
            if (next.size() < MOST
                    && !place.project().equals(project)
                    && place.nanos() - oldest > 0) {
                next.add(place);
            }
        }
        return new Warmth(List.copyOf(next));
    }

    /** The projects that were sent it after that moment. */
    List<ProjectId> since(long oldest) {
        return places.stream()
                .filter(place -> place.nanos() - oldest > 0)
                .map(Place::project)
                .toList();
    }
}
