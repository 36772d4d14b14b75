package io.gemproxy.server.explanation;

import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.RequestId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The last requests, each newer one in the place of the oldest. Safe for use by many threads;
 * keeping one is a store without a lock, finding one looks at all of them.
 */
public final class RequestHistory implements FinishedExchange.Listener {
    /** As many as the admin API promises to explain. */
    public static final int KEPT = 10_000;

    private final AtomicReferenceArray<Kept> places;
    private final AtomicLong next = new AtomicLong();

    public RequestHistory() {
        this(KEPT);
    }

    RequestHistory(int size) {
        places = new AtomicReferenceArray<>(size);
    }

    @Override
    public void finished(FinishedExchange exchange) {
        int place = Math.floorMod(next.getAndIncrement(), places.length());
        places.set(place, PlainTrace.of(RequestTrace.of(exchange)));
    }

    /** A request of the last ones, once it has ended. */
    public Optional<RequestTrace> find(RequestId id) {
        for (int place = 0; place < places.length(); place++) {
            Kept kept = places.get(place);
            if (kept != null && kept.id().equals(id)) {
                return Optional.of(kept.trace());
            }
        }
        return Optional.empty();
    }
}
