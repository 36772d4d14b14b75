package io.gemproxy.server.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.gemini.OperationGroup;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EntitlementTest {
    private static final Limits TOKEN =
            new Limits(
                    OptionalInt.of(10),
                    OptionalLong.of(2_000),
                    OptionalLong.empty(),
                    new Budget(OptionalLong.of(5), Optional.of(new BigDecimal("2.50"))),
                    Budget.NONE);
    private static final Limits DECLARED =
            new Limits(
                    OptionalInt.of(20),
                    OptionalLong.of(1_000),
                    OptionalLong.of(7),
                    new Budget(OptionalLong.of(9), Optional.of(new BigDecimal("2.5"))),
                    new Budget(OptionalLong.empty(), Optional.of(BigDecimal.TEN)));

    @Test
    void ofTwoLimitsTheLowerHolds() {
        Limits both =
                new Entitlement(List.of(), Set.of(), TOKEN)
                        .boundedBy(new Entitlement(List.of(), Set.of(), DECLARED))
                        .limits();
        assertEquals(OptionalInt.of(10), both.requestsPerMinute());
        assertEquals(OptionalLong.of(1_000), both.tokensPerMinute());
        assertEquals(OptionalLong.of(7), both.requestsPerDay());
        assertEquals(OptionalLong.of(5), both.daily().tokens());
        assertEquals(0, new BigDecimal("2.5").compareTo(both.daily().usd().orElseThrow()));
        assertEquals(Optional.of(BigDecimal.TEN), both.monthly().usd());
    }

    @Test
    void bothMustAllowAnOperation() {
        Entitlement token = operations(Set.of(OperationGroup.EMBED, OperationGroup.FILES));
        Entitlement both = token.boundedBy(operations(Set.of(OperationGroup.EMBED)));
        assertTrue(both.allows(OperationGroup.EMBED));
        assertFalse(both.allows(OperationGroup.FILES));
        assertFalse(both.allows(OperationGroup.GENERATE));
    }

    @Test
    void whereNothingIsCommonNothingIsAllowed() {
        Entitlement none =
                operations(Set.of(OperationGroup.EMBED))
                        .boundedBy(operations(Set.of(OperationGroup.LIVE)));
        for (OperationGroup group : OperationGroup.values()) {
            assertFalse(none.allows(group), group.word());
            assertTrue(Entitlement.ALL.boundedBy(Entitlement.ALL).allows(group), group.word());
        }
    }

    @Test
    void modelsAreLimitedIfEitherSaysSo() {
        Entitlement some = new Entitlement(List.of("a*"), Set.of(), Limits.NONE);
        assertTrue(some.boundedBy(Entitlement.ALL).limitsModels());
        assertTrue(Entitlement.ALL.boundedBy(some).limitsModels());
        assertFalse(Entitlement.ALL.boundedBy(Entitlement.ALL).limitsModels());
    }

    private static Entitlement operations(Set<OperationGroup> operations) {
        return new Entitlement(List.of(), operations, Limits.NONE);
    }
}
