package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.keys.KeyPool;
import java.util.Set;

/** Runs the attempts of a request in the projects it may go to. */
final class PlacedAttempts {
    private final Attempts attempts;
    private final KeyPool pool;
    private final Listings listings;
    private final AnswerReading reading;

    PlacedAttempts(Attempts attempts, KeyPool pool, Listings listings, AnswerReading reading) {
        this.attempts = attempts;
        this.listings = listings;
        this.pool = pool;
        this.reading = reading;
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
            case Placement.Preferred best ->
                    attempts.run(request.preferring(best.project()), progress, current);
            case Placement.Bound bound ->
                    attempts.run(request.in(bound.project()), progress, current);
            case Placement.NewIn made -> runNew(made, request, progress, current);
            case Placement.Search search -> search(search, request, progress, current);
            case Placement.Listed listed -> listings.run(listed, request, progress, current);
            case Placement.Nowhere nowhere -> miss(nowhere, request, progress, current);
        };
    }

    /** The answer of the last attempt is over, however it ended. */
    void finished(AttemptResult result, Progress progress) {
        attempts.finished(result, progress.usage(), progress.charged());
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
                    attempts.holding(last, () -> reading.found(search.names(), project));
                }
                return last;
            }
            if (!mayGoOn(request, progress)) {
                break;
            }
        }
        return last == null ? attempts.run(request, progress, current) : last;
    }

    /**
     * Asks for a name that nobody has, in the place of the one that is not the client's, so that
     * the answer is Google's own and takes as long.
     */
    private AttemptResult miss(
            Placement.Nowhere nowhere,
            ForwardedRequest request,
            Progress progress,
            CurrentCall current) {
        Decoy decoy = Decoy.of(nowhere.name());
        Placement.Search search = new Placement.Search(nowhere.order(), Set.of());
        AttemptResult result = search(search, decoy.instead(request), progress, current);
        return switch (result) {
            case AttemptResult.Refusal refusal ->
                    decoy.undone(refusal, progress.exchange().target().dialect());
            case AttemptResult.Broken broken -> broken;
            case AttemptResult.Open open -> {
                attempts.drop(open);
                throw new Refused(Absence.notFound());
            }
        };
    }

    private static boolean mayGoOn(ForwardedRequest request, Progress progress) {
        return request.body().replayable() && progress.attempts() < MOST;
    }

    private static boolean isProjectsOwnRefusal(AttemptResult result) {
        return result.outcome() instanceof AttemptOutcome.KeyRefused
                || result.outcome() instanceof AttemptOutcome.ProjectRefused
                || result.outcome() instanceof AttemptOutcome.QuotaExceeded;
    }

    /** What Google says of things of another project; an unknown model is another matter. */
    private static boolean isAbsent(AttemptResult result) {
        return result.outcome() instanceof AttemptOutcome.ResourceUnknown
                || (result.outcome() instanceof AttemptOutcome.ClientFault fault
                        && fault.status() == 403);
    }

    private static final int MOST = 8;
}
