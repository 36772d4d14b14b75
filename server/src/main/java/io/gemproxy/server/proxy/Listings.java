package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.Dialect;
import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.ResourceCollections;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.LendingWish;
import io.gemproxy.server.keys.affinity.AffinityDirectory;
import io.gemproxy.server.keys.affinity.Sighting;
import io.gemproxy.server.upstream.UpstreamResponse;
import java.util.List;
import java.util.Optional;

/**
 * Lists of what a client has made: Google lists whole projects, so items of others are left out and
 * the projects that hold something of the client's follow one another, page by page.
 */
final class Listings {
    /** Pages without an item of the client's are passed over, so many at most. */
    private static final int MOST_PAGES = 32;

    private final Attempts attempts;
    private final KeyPool pool;
    private final AffinityDirectory directory;

    Listings(Attempts attempts, KeyPool pool, AffinityDirectory directory) {
        this.attempts = attempts;
        this.pool = pool;
        this.directory = directory;
    }

    /** The next page with something in it, or what stood in the way of it. */
    AttemptResult run(
            Placement.Listed listed,
            ForwardedRequest request,
            Progress progress,
            CurrentCall current) {
        GeminiTarget target = progress.exchange().target();
        Optional<PageToken> here = start(target, listed.order(), request);
        for (int pages = 1; ; pages++) {
            ProjectId project = here.orElseThrow().project();
            AttemptResult result =
                    attempts.run(
                            request.in(project).at(at(target, request, here.get())),
                            progress,
                            current);
            if (!(result instanceof AttemptResult.Open open)) {
                return result;
            }
            boolean handedOn = false;
            try {
                ListedPage page = ListedPage.read(target, open.response());
                String last = page.lastId();
                int kept = page.keep(name -> listed.wanted().test(name, project));
                here = next(target, listed.order(), project, page, last);
                if (kept > 0 || here.isEmpty() || pages == MOST_PAGES) {
                    UpstreamResponse answer = page.answer(here);
                    handedOn = true;
                    return new AttemptResult.Open(open.lease(), answer, open.outcome());
                }
            } finally {
                if (!handedOn) {
                    attempts.finished(open, Optional.empty(), Optional.empty());
                }
            }
        }
    }

    private Optional<PageToken> start(
            GeminiTarget target, List<ProjectId> order, ForwardedRequest request) {
        PageQuery query = PageQuery.of(request.pathAndQuery());
        if (target.dialect() == Dialect.OPENAI) {
            return query.after()
                    .map(id -> new PageToken(projectOf(target, id, order), id))
                    .or(() -> Optional.of(new PageToken(order.getFirst(), "")));
        }
        return query.token()
                .map(token -> PageToken.of(token, order))
                .or(() -> Optional.of(new PageToken(order.getFirst(), "")));
    }

    private ProjectId projectOf(GeminiTarget target, String id, List<ProjectId> order) {
        return ResourceCollections.named(target, "", id)
                .map(directory::find)
                .filter(Sighting.Known.class::isInstance)
                .map(known -> ((Sighting.Known) known).project())
                .filter(order::contains)
                .orElse(order.getFirst());
    }

    private static String at(GeminiTarget target, ForwardedRequest request, PageToken here) {
        PageQuery query = PageQuery.of(request.pathAndQuery());
        return target.dialect() == Dialect.OPENAI
                ? query.withAfter(here.upstream())
                : query.withToken(here.upstream());
    }

    private Optional<PageToken> next(
            GeminiTarget target,
            List<ProjectId> order,
            ProjectId project,
            ListedPage page,
            String last) {
        if (target.dialect() == Dialect.OPENAI) {
            if (page.hasMore() && !last.isEmpty()) {
                return Optional.of(new PageToken(project, last));
            }
        } else if (!page.nextToken().isEmpty()) {
            return Optional.of(new PageToken(project, page.nextToken()));
        }
        return order.stream()
                .skip(order.indexOf(project) + 1L)
                .filter(this::canEverServe)
                .findFirst()
                .map(following -> new PageToken(following, ""));
    }

    /** A project whose keys are gone for good must not make a list fail. */
    private boolean canEverServe(ProjectId project) {
        LendingWish wish = LendingWish.of(Optional.empty(), Optional.of(project));
        return pool.earliestOpening(wish).isPresent();
    }
}
