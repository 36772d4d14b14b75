package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.exchange.Rejection;
import java.util.List;

/** A refusal that still tells the client its limits. */
final class LimitReached extends Refused {
    private static final long serialVersionUID = 1L;

    private final transient List<HeaderField> limits;

    LimitReached(Rejection rejection, List<HeaderField> limits) {
        super(rejection);
        this.limits = limits;
    }

    @Override
    List<HeaderField> limits() {
        return limits;
    }
}
