package io.gemproxy.server.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.exchange.LimitPolicy;
import io.gemproxy.server.ratelimit.Allowance;
import io.gemproxy.server.ratelimit.RateDecision;
import io.gemproxy.server.ratelimit.budget.BudgetDecision;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LimitRefusalTest {
    private static final Duration WAIT = Duration.ofSeconds(7);

    @ParameterizedTest
    @EnumSource
    void howMuchOthersUseIsNotToldEvenToWhoIsRefused(LimitPolicy policy) {
        Allowance known = new Allowance(policy, 100, 42, Duration.ofMinutes(1), WAIT);
        boolean ofOthers =
                policy.word().startsWith("address") || policy.word().startsWith("global");
        Stream.of(
                        LimitRefusal.of(new RateDecision.Limited(known, WAIT)),
                        LimitRefusal.of(new RateDecision.NeverFits(known, 101)),
                        LimitRefusal.of(new BudgetDecision.Exceeded(known, WAIT)))
                .map(Optional::orElseThrow)
                .map(refusal -> refusal.against().getFirst())
                .forEach(told -> {
                    assertEquals(ofOthers ? 0 : 42, told.left());
                    assertEquals(known.policyField(), told.policyField());
                });
    }
}
