package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.LendingWish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Runs the attempts of a request in the projects it may go to. */
final class PlacedAttempts {
    private final Attempts attempts;
    private final KeyPool pool;
    private final Listings listings;
    private final AnswerReading reading;
    private final boolean tenants;

    /**
     * @param tenants whether clients are told apart, so that all that is not there must look alike
     */
    PlacedAttempts(
            Attempts attempts,
            KeyPool pool,
            Listings listings,
            AnswerReading reading,
            boolean tenants) {
        this.attempts = attempts;
        this.listings = listings;
        this.pool = pool;
        this.reading = reading;
        this.tenants = tenants;
    }

    /**
     * Tries keys until one gives an answer for the client.
     *
     * @throws Refused when the pool has no key, or what the request names is not there
     */
    AttemptResult run(
            Placement placement, ForwardedRequest request, Progress progress, CurrentCall current) {
        return switch (placement) {
            case Placement.Anywhere _ -> attempts.run(request, progress, current);
            case Placement.Bound bound ->
                    attempts.run(request.in(bound.project()), progress, current);
            case Placement.NewIn made -> runNew(made, request, progress, current);
            case Placement.Search search -> search(search, request, progress, current);
            case Placement.Listed listed -> listings.run(listed, request, progress, current);
            case Placement.Nowhere nowhere ->
                    throw new Refused(absence(nowhere.order(), request.wish()));
        };
    }

    /** A project that refuses for reasons of its own leaves the new thing to the next one. */
    private AttemptResult runNew(
            Placement.NewIn made,
            ForwardedRequest request,
            Progress progress,
            CurrentCall current) {
        AttemptResult last = null;
        for (ProjectId project : made.order()) {
            ForwardedRequest there = request.in(project);
            if (!pool.canServe(there.wish())) {
                continue;
            }
            last = attempts.run(there, progress, current);
            if (!isProjectsOwnRefusal(last) || !mayGoOn(request, progress)) {
                return last;
            }
        }
        return last == null ? attempts.run(request, progress, current) : last;
    }

    private AttemptResult search(
            Placement.Search search,
            ForwardedRequest request,
            Progress progress,
            CurrentCall current) {
        AttemptResult last = null;
        for (ProjectId project : search.order()) {
            ForwardedRequest there = request.in(project);
            if (!pool.canServe(there.wish())) {
                continue;
            }
            last = attempts.run(there, progress, current);
            if (!isAbsent(last)) {
                if (last instanceof AttemptResult.Open) {
                    reading.found(search.names(), project);
                }
                return last;
            }
            if (!mayGoOn(request, progress)) {
                break;
            }
        }
        if (last != null && !tenants) {
            return last;
        }
        throw new Refused(absence(search.order(), request.wish()));
    }

    /** Not there; or, as long as some project cannot be asked, not known yet. */
    private Rejection absence(List<ProjectId> order, LendingWish wish) {
        Optional<Duration> opening =
                order.stream()
                        .map(project -> LendingWish.of(wish.model(), Optional.of(project)))
                        .filter(there -> !pool.canServe(there))
                        .flatMap(there -> pool.earliestOpening(there).stream())
                        .min(Comparator.naturalOrder());
        return opening.map(PoolRefusals::cooling).orElseGet(Absence::notFound);
    }

    private static boolean mayGoOn(ForwardedRequest request, Progress progress) {
        return request.body().replayable() && progress.attempts() < MOST;
    }

    private static boolean isProjectsOwnRefusal(AttemptResult result) {
        return switch (result.outcome()) {
            case AttemptOutcome.KeyRefused _,
                    AttemptOutcome.ProjectRefused _,
                    AttemptOutcome.QuotaExceeded _ ->
                    true;
            default -> false;
        };
    }

    /** What Google says of things of another project; an unknown model is another matter. */
    private static boolean isAbsent(AttemptResult result) {
        if (!(result instanceof AttemptResult.Refusal refusal) || isProjectsOwnRefusal(result)) {
            return false;
        }
        if (refusal.status() == 403) {
            return true;
        }
        String text = new String(refusal.body().bytes(), StandardCharsets.UTF_8);
        return refusal.status() == 404 && !text.contains("is not found for API version");
    }

    private static final int MOST = 8;
}
