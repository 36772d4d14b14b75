package io.gemproxy.server.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.ExhaustedQuota;
import io.gemproxy.server.exchange.QuotaKind;
import io.gemproxy.server.exchange.QuotaTier;
import io.gemproxy.server.gemini.ErrorScrubber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class UnknownQuotasTest {
    private final List<String> told = new ArrayList<>();
    private final UnknownQuotas quotas =
            new UnknownQuotas(
                    new ErrorScrubber(List.of("a-pooled-key-of-39-characters")), told::add);

    @Test
    void eachIdIsToldOnceAndScrubbed() {
        quotas.note(exceeded(QuotaKind.UNKNOWN, "NewThing"));
        quotas.note(exceeded(QuotaKind.UNKNOWN, "NewThing"));
        quotas.note(exceeded(QuotaKind.UNKNOWN, "Of-a-pooled-key-of-39-characters"));
        assertEquals(List.of("NewThing", "Of-[redacted]"), told);
    }

    @Test
    void knownQuotasAndThoseWithoutANameAreNotTold() {
        quotas.note(exceeded(QuotaKind.REQUESTS_PER_DAY, "GenerateRequestsPerDay"));
        quotas.note(exceeded(QuotaKind.UNKNOWN, ""));
        quotas.note(new AttemptOutcome.ServerFault(500));
        assertEquals(List.of(), told);
    }

    @Test
    void anEndlessSupplyOfIdsDoesNotFillTheLog() {
        for (int i = 0; i < 1000; i++) {
            quotas.note(exceeded(QuotaKind.UNKNOWN, "Thing" + i));
        }
        assertEquals(100, told.size());
    }

    private static AttemptOutcome exceeded(QuotaKind kind, String id) {
        ExhaustedQuota quota =
                new ExhaustedQuota(
                        kind, id, OptionalLong.empty(), Optional.empty(), false, QuotaTier.UNKNOWN);
        return new AttemptOutcome.QuotaExceeded(List.of(quota), Optional.empty(), Optional.empty());
    }
}
