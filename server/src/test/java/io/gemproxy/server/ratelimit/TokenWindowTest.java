package io.gemproxy.server.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.LimitPolicy;
import io.gemproxy.server.ratelimit.RateDecision.Admitted;
import io.gemproxy.server.ratelimit.RateDecision.Limited;
import io.gemproxy.server.ratelimit.RateDecision.NeverFits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Amounts in a window: reserved, settled, and never more than the limit at any offset. */
class TokenWindowTest {
    private static final long WINDOW = AmountWindow.LENGTH.toNanos();

    // close to the overflow of a long, where nanoTime may really lie
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - WINDOW);

    private final Windows<String> windows = new Windows<>(LimitPolicy.CLIENT_TOKENS, now::get);

    private RateDecision take(long limit, long amount) {
        return windows.tryTake("alice", OptionalLong.of(limit), amount);
    }

    private Admitted taken(long limit, long amount) {
        return assertInstanceOf(Admitted.class, take(limit, amount));
    }

    /** One admitted request, and what it counts for in the end. */
    private static final class Call {
        final long at;
        final long reserved;
        long real;
        final Ticket ticket;

        Call(long at, long reserved, Ticket ticket) {
            this.at = at;
            this.reserved = reserved;
            this.real = reserved;
            this.ticket = ticket;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void noSixtySecondsAtAnyOffsetAdmitMoreTokensThanTheLimit(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        long limit = random.nextLong(50, 100_000);
        List<Call> admitted = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            // up to hundreds of requests a second, so that entries join
            now.addAndGet(random.nextInt(5) == 0 ? 0 : random.nextLong(WINDOW / 700));
            long amount = random.nextLong(1, Math.max(2, limit / random.nextInt(1, 400)));
            if (take(limit, amount) instanceof Admitted it) {
                admitted.add(new Call(now.get(), amount, it.ticket()));
            }
        }
        assertHolds(admitted, limit);
        assertTrue(admitted.size() > 20, "some were admitted");
    }

    /** A window begins at each admitted request, which is where its sum is largest. */
    private static void assertHolds(List<Call> admitted, long limit) {
        int end = 0;
        long sum = 0;
        for (Call first : admitted) {
            while (end < admitted.size() && admitted.get(end).at - first.at < WINDOW) {
                sum += admitted.get(end++).real;
            }
            assertTrue(sum <= limit, "sixty seconds took " + sum + " of " + limit);
            sum -= first.real;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void settledDownwardsItStillHoldsForWhatWasReallyUsed(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        long limit = 10_000;
        List<Call> admitted = new ArrayList<>();
        List<Call> running = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            now.addAndGet(random.nextLong(WINDOW / 300));
            long amount = random.nextLong(1, 1_500);
            if (take(limit, amount) instanceof Admitted it) {
                Call call = new Call(now.get(), amount, it.ticket());
                admitted.add(call);
                running.add(call);
            }
            if (!running.isEmpty() && random.nextBoolean()) {
                Call over = running.remove(random.nextInt(running.size()));
                over.real = random.nextLong(over.reserved + 1);
                over.ticket.settle(over.real);
            }
        }
        assertHolds(admitted, limit);
    }

    @Test
    void whatWasUsedBeyondTheReservationCountsFromThenOn() {
        Admitted first = taken(100, 40);
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        first.ticket().settle(90);
        Limited refused = assertInstanceOf(Limited.class, take(100, 20));
        assertEquals(10, refused.allowance().left());
        assertEquals(Duration.ofSeconds(50), refused.retryAfter());
        now.addAndGet(Duration.ofSeconds(50).toNanos());
        assertEquals(50, taken(100, 0).allowance().orElseThrow().left());
    }

    @Test
    void whatWasNotUsedIsGivenBack() {
        Admitted first = taken(100, 100);
        assertInstanceOf(Limited.class, take(100, 1));
        first.ticket().settle(30);
        taken(100, 70);
        assertInstanceOf(Limited.class, take(100, 1));
    }

    @Test
    void aSettlementAfterTheWindowGivesNothingBackTwice() {
        Admitted first = taken(100, 100);
        now.addAndGet(WINDOW);
        taken(100, 100);
        first.ticket().settle(0);
        assertInstanceOf(Limited.class, take(100, 1));
    }

    @Test
    void moreThanTheWholeLimitNeverFits() {
        taken(100, 60);
        NeverFits never = assertInstanceOf(NeverFits.class, take(100, 101));
        assertEquals(40, never.allowance().left());
        taken(100, 40);
    }

    @Test
    void theToldTimeIsTheEarliestAtWhichTheSameRequestFits() {
        for (int i = 0; i < 10; i++) {
            taken(100, 10);
            now.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        Limited refused = assertInstanceOf(Limited.class, take(100, 35));
        // the fourth of the tens has to leave
        assertEquals(Duration.ofSeconds(53), refused.retryAfter());
        now.addAndGet(refused.retryAfter().toNanos() - 1);
        assertInstanceOf(Limited.class, take(100, 35));
        now.addAndGet(1);
        taken(100, 35);
    }

    @Test
    void aWindowKeepsABoundedNumberOfEntries() {
        AmountWindow window = new AmountWindow();
        int most = 0;
        long time = 0;
        for (int i = 0; i < 100_000; i++) {
            time += Duration.ofMillis(2).toNanos();
            window.tryTake(Long.MAX_VALUE / 4, 7, time);
            most = Math.max(most, window.entries());
        }
        assertTrue(most <= 2 * AmountWindow.EXACT + 1, () -> "entries: " + window.entries());
    }

    @Test
    void subjectsAreForgottenWhenNothingOfThemCountsAnyMore() {
        for (int i = 0; i < 1_000; i++) {
            windows.tryTake("client-" + i, OptionalLong.of(5), 1);
        }
        now.addAndGet(2 * WINDOW);
        assertEquals(0, windows.subjects());
    }
}
