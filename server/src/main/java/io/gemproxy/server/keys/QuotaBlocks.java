package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.AttemptOutcome.QuotaExceeded;
import io.gemproxy.server.exchange.ExhaustedQuota;
import io.gemproxy.server.exchange.QuotaKind;
import io.gemproxy.server.gemini.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What rests for exhausted quotas: the id says which window is full, RetryInfo is believed within
 * it.
 */
final class QuotaBlocks {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SPEND_WINDOW = Duration.ofMinutes(10);
    private static final Duration UNKNOWN = Duration.ofSeconds(5);
    private static final Duration NO_QUOTA = Duration.ofHours(24);

    /** Without a model it may be a quota of uploads or files, which says nothing about models. */
    private static final Duration WITHOUT_MODEL = Duration.ofSeconds(10);

    /** So long after midnight a full day may be the one that has ended: clocks differ. */
    private static final Duration DAY_MAY_BE_THE_OLD_ONE = Duration.ofMinutes(5);

    private QuotaBlocks() {}

    /** For each scope the block that ends last. */
    static List<Block> of(KeyLease lease, QuotaExceeded exceeded, Instant now) {
        Map<Scope, Block> blocks = new LinkedHashMap<>();
        List<ExhaustedQuota> longestFirst =
                exceeded.quotas().stream()
                        .sorted(Comparator.comparing(ExhaustedQuota::kind).reversed())
                        .toList();
        for (ExhaustedQuota quota : longestFirst) {
            Duration wait = wait(quota.kind(), exceeded.retryAfter(), now);
            for (Block block : blocks(lease, quota, wait, now)) {
                blocks.merge(block.scope(), block, QuotaBlocks::later);
            }
        }
        return List.copyOf(blocks.values());
    }

    private static Block later(Block a, Block b) {
        return b.until().isAfter(a.until()) ? b : a;
    }

    private static List<Block> blocks(
            KeyLease lease, ExhaustedQuota quota, Duration wait, Instant now) {
        boolean early =
                quota.kind().bindsForHours() || quota.kind() == QuotaKind.SPEND_PER_10_MINUTES;
        Scope.InProject project = new Scope.InProject(lease.project());
        if (quota.projectWide()) {
            return List.of(new Block(project, quota.kind().reason(), now.plus(wait), early));
        }
        Set<ModelName> models = models(lease, quota);
        if (models.isEmpty()) {
            Duration shorter = within(SHORTEST, wait, WITHOUT_MODEL);
            return List.of(new Block(project, quota.kind().reason(), now.plus(shorter), early));
        }
        return models.stream()
                .map(model ->
                        new Block(
                                new Scope.ProjectModel(lease.project(), model),
                                quota.kind().reason(),
                                now.plus(wait),
                                early))
                .toList();
    }

    /** The name that was asked for and the name of the bucket: aliases share one. */
    private static Set<ModelName> models(KeyLease lease, ExhaustedQuota quota) {
        Set<ModelName> models = new LinkedHashSet<>();
        lease.model().ifPresent(models::add);
        quota.model().ifPresent(models::add);
        return models;
    }

    /** Half a window is the expected wait where nothing better is known. */
    private static Duration wait(QuotaKind kind, Optional<Duration> retryAfter, Instant now) {
        return switch (kind) {
            case OTHER_PER_MINUTE, REQUESTS_PER_MINUTE, INPUT_TOKENS_PER_MINUTE ->
                    within(SHORTEST, retryAfter.orElse(MINUTE.dividedBy(2)), MINUTE);
            case SPEND_PER_10_MINUTES ->
                    within(SHORTEST, retryAfter.orElse(SPEND_WINDOW.dividedBy(2)), SPEND_WINDOW);
            case OTHER_PER_DAY, INPUT_TOKENS_PER_DAY, REQUESTS_PER_DAY -> restOfDay(now);
            case NONE -> NO_QUOTA;
            case UNKNOWN -> within(SHORTEST, retryAfter.orElse(UNKNOWN), MINUTE);
        };
    }

    private static Duration restOfDay(Instant now) {
        return PacificDay.sinceItsStart(now).compareTo(DAY_MAY_BE_THE_OLD_ONE) < 0
                ? MINUTE
                : PacificDay.untilItsEnd(now);
    }

    private static Duration within(Duration shortest, Duration wait, Duration longest) {
        if (wait.compareTo(shortest) < 0) {
            return shortest;
        }
        return wait.compareTo(longest) > 0 ? longest : wait;
    }
}
