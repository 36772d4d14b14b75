package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.keys.KeyLease;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.Lending;
import io.gemproxy.server.keys.LendingWish;

/** The proxy's own failover over a pool, without the sockets between. */
public final class SimulatedProxy {
    private final KeyPool pool;
    private final RetryBudget budget = new RetryBudget();

    public SimulatedProxy(KeyPool pool) {
        this.pool = pool;
    }

    /** A client's request. */
    public Request request(LendingWish wish) {
        return new Request(new Failover(wish, budget));
    }

    /** One request, whose attempts are made elsewhere. */
    public final class Request {
        private final Failover failover;

        private Request(Failover failover) {
            this.failover = failover;
        }

        /** A key for its next attempt. */
        public Lending lend() {
            return pool.lend(failover.wish());
        }

        /**
         * An attempt gave its answer's head, or none.
         *
         * @return whether another attempt follows
         */
        public boolean settle(KeyLease lease, AttemptOutcome outcome) {
            pool.settle(lease, outcome);
            failover.tried(lease, outcome, true);
            return failover.goesOn(pool::canServe);
        }
    }
}
