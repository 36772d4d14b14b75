package io.gemproxy.server.keys.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.keys.Preference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WarmProjectsTest {
    private static final ProjectId ONE = new ProjectId("one");
    private static final ProjectId TWO = new ProjectId("two");
    private static final CacheKey RULES = new CacheKey(0, 1);
    private static final CacheHints FIRST = conversation(11);
    private static final CacheHints SECOND = conversation(12);

    private long nanos = Long.MAX_VALUE - 5;
    private final WarmProjects warm = new WarmProjects(Duration.ofMinutes(10), () -> nanos);

    private static CacheHints conversation(long number) {
        return new CacheHints(List.of(new CacheKey(1, number)), Optional.of(RULES));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void aConversationPrefersWhereItWasAndUsesThatToItsLast() {
        assertEquals(List.of(), warm.preferred(FIRST));
        warm.sent(FIRST, ONE);
        assertEquals(List.of(new Preference(ONE, 0.0)), warm.preferred(FIRST));
    }

    @Test
    void aNewConversationPrefersWhereItsInstructionsAreButLeavesAReserve() {
        warm.sent(FIRST, ONE);
        assertEquals(List.of(new Preference(ONE, WarmProjects.RESERVE)), warm.preferred(SECOND));
    }

    @Test
    void aConversationThatHadToMoveStaysWhereItIsAndKeepsTheWayBack() {
        warm.sent(FIRST, ONE);
        warm.sent(FIRST, TWO);
        List<Preference> moved = List.of(new Preference(TWO, 0.0), new Preference(ONE, 0.0));
        assertEquals(moved, warm.preferred(FIRST));
        warm.sent(FIRST, TWO);
        assertEquals(moved, warm.preferred(FIRST));
    }

    @Test
    void whatWasNotUsedForItsLifetimeIsCold() {
        warm.sent(FIRST, ONE);
        pass(Duration.ofMinutes(9));
        warm.sent(FIRST, TWO);
        pass(Duration.ofMinutes(2));
        assertEquals(List.of(new Preference(TWO, 0.0)), warm.preferred(FIRST));
        pass(Duration.ofMinutes(9));
        assertEquals(List.of(), warm.preferred(FIRST));
    }

    @Test
    void noMoreThanAFewProjectsAreRemembered() {
        for (int i = 0; i < 10; i++) {
            warm.sent(FIRST, new ProjectId("p" + i));
        }
        assertEquals(
                List.of("p9", "p8", "p7", "p6"),
                warm.preferred(FIRST).stream().map(it -> it.project().value()).toList());
    }
}
