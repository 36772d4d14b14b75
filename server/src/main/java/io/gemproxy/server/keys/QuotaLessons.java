package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.ExhaustedQuota;
import io.gemproxy.server.exchange.LearntProject;
import io.gemproxy.server.exchange.QuotaKind;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.quota.ModelQuota;
import io.gemproxy.server.keys.quota.Moment;
import io.gemproxy.server.keys.quota.QuotaDimension;
import java.util.Optional;

/** What errors tell about limits, and about who shares them. Safe for use by many threads. */
final class QuotaLessons {
    private final Roster roster;
    private final SharedProjects shared;

    QuotaLessons(Roster roster, SharedProjects shared) {
        this.roster = roster;
        this.shared = shared;
    }

    void learn(KeyLease lease, AttemptOutcome outcome, Moment now) {
        learnt(outcome).ifPresent(it -> shared.named(lease.key(), lease.project(), it));
        if (outcome instanceof AttemptOutcome.QuotaExceeded exceeded) {
            exceeded.quotas().forEach(quota -> learn(lease, quota, now));
        }
    }

    private void learn(KeyLease lease, ExhaustedQuota quota, Moment now) {
        Optional<QuotaDimension> dimension = dimension(quota.kind());
        Project project = roster.project(lease.project());
        boolean certain = quota.limit().orElse(0) > 0;
        if (!certain || dimension.isEmpty() || lease.model().isEmpty() || project == null) {
            return;
        }
        ModelName model = quota.model().orElse(lease.model().get());
        ModelQuota ours = project.allotment(roster.lane(lease.model()).model()).quota();
        long limit = quota.limit().getAsLong();
        double share = (double) ours.used(dimension.get(), now) / limit;
        ours.learn(dimension.get(), limit, now);
        shared.exhausted(lease.project(), model, quota.kind().reason(), share, now.nanos());
    }

    private static Optional<LearntProject> learnt(AttemptOutcome outcome) {
        return switch (outcome) {
            case AttemptOutcome.KeyRefused refused -> refused.learnt();
            case AttemptOutcome.ProjectRefused refused -> refused.learnt();
            case AttemptOutcome.QuotaExceeded quota -> quota.learnt();
            case AttemptOutcome.Succeeded _,
                    AttemptOutcome.ClientFault _,
                    AttemptOutcome.ResourceUnknown _,
                    AttemptOutcome.ModelWithheld _,
                    AttemptOutcome.Overloaded _,
                    AttemptOutcome.ServerFault _,
                    AttemptOutcome.EgressRefused _,
                    AttemptOutcome.Unreachable _,
                    AttemptOutcome.Abandoned _ ->
                    Optional.empty();
        };
    }

    private static Optional<QuotaDimension> dimension(QuotaKind kind) {
        return switch (kind) {
            case REQUESTS_PER_MINUTE -> Optional.of(QuotaDimension.REQUESTS_PER_MINUTE);
            case INPUT_TOKENS_PER_MINUTE -> Optional.of(QuotaDimension.TOKENS_PER_MINUTE);
            case REQUESTS_PER_DAY -> Optional.of(QuotaDimension.REQUESTS_PER_DAY);
            case UNKNOWN,
                    OTHER_PER_MINUTE,
                    SPEND_PER_10_MINUTES,
                    OTHER_PER_DAY,
                    INPUT_TOKENS_PER_DAY,
                    NONE ->
                    Optional.empty();
        };
    }
}
