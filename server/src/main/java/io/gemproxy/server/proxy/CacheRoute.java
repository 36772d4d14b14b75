package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.keys.Preference;
import java.util.List;

/** Where one request should go for the sake of a prompt cache. */
interface CacheRoute {
    /** Of a request that no cache can serve. */
    CacheRoute NONE =
            new CacheRoute() {
                @Override
                public List<Preference> preferred() {
                    return List.of();
                }

                @Override
                public void sent(ProjectId project) {}
            };

    /** The projects that should serve it if they can, the best first. */
    List<Preference> preferred();

    /** It was sent to a project, whose cache knows its prompt from now on. */
    void sent(ProjectId project);
}
