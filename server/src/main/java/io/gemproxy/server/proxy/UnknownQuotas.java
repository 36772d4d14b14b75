package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.ExhaustedQuota;
import io.gemproxy.server.exchange.QuotaKind;
import io.gemproxy.server.gemini.ErrorScrubber;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Tells the operator once of each of Google's quotas that is not known here. */
final class UnknownQuotas {
    private static final System.Logger LOG = System.getLogger(UnknownQuotas.class.getName());
    private static final int MOST = 100;

    private final ErrorScrubber scrubber;
    private final Consumer<String> tell;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** Tells it in the application log. */
    UnknownQuotas(ErrorScrubber scrubber) {
        this(
                scrubber,
                id ->
                        LOG.log(
                                System.Logger.Level.WARNING,
                                "Google named a quota that is not known here: {0}. What it binds"
                                        + " rests for seconds only.",
                                id));
    }

    /**
     * @param tell is given each id once, scrubbed
     */
    UnknownQuotas(ErrorScrubber scrubber, Consumer<String> tell) {
        this.scrubber = scrubber;
        this.tell = tell;
    }

    void note(AttemptOutcome outcome) {
        if (outcome instanceof AttemptOutcome.QuotaExceeded exceeded) {
            exceeded.quotas().forEach(this::note);
        }
    }

    private void note(ExhaustedQuota quota) {
        if (quota.kind() != QuotaKind.UNKNOWN || quota.id().isEmpty() || told.size() >= MOST) {
            return;
        }
        String id = scrubber.scrub(quota.id());
        if (told.add(id)) {
            tell.accept(id);
        }
    }
}
