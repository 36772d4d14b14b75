package io.gemproxy.server;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.KeyView;
import io.gemproxy.server.keys.KeyView.OfModel;
import io.gemproxy.server.keys.quota.QuotaDimension;
import io.gemproxy.server.probing.ProbedKeys;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The pool as probing sees it. */
final class PoolUnderProbe implements ProbedKeys {
    private final KeyPool pool;

    PoolUnderProbe(KeyPool pool) {
        this.pool = pool;
    }

    @Override
    public List<KeyId> due() {
        return pool.probesDue();
    }

    @Override
    public Optional<ModelName> usualModel(KeyId key) {
        return models(key)
                .filter(model -> model.requestsToday() > 0)
                .max(Comparator.comparingLong(OfModel::requestsToday))
                .map(OfModel::model);
    }

    @Override
    public ProjectId project(KeyId key) {
        return pool.view(key).map(KeyView::project).orElseGet(() -> new ProjectId(key.value()));
    }

    @Override
    public OptionalLong requestsPerDay(KeyId key) {
        return models(key)
                .flatMap(model -> model.limits().stream())
                .filter(limit -> limit.dimension() == QuotaDimension.REQUESTS_PER_DAY)
                .map(KeyView.Limit::limit)
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    @Override
    public void probed(KeyId key, AttemptOutcome outcome) {
        pool.lendForProbe(key).ifPresent(lease -> pool.probed(lease, outcome));
    }

    private Stream<OfModel> models(KeyId key) {
        return pool.view(key).stream().flatMap(view -> view.models().stream());
    }
}
