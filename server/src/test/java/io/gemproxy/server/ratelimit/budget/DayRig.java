package io.gemproxy.server.ratelimit.budget;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gemproxy.server.ratelimit.RateLimitConfig;
import io.gemproxy.server.ratelimit.RateLimitConfig.Rates;
import io.gemproxy.server.ratelimit.budget.BudgetDecision.Exceeded;
import io.gemproxy.server.ratelimit.budget.BudgetDecision.Granted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Books of days, clocks to turn, and a disk that has what was waited for. */
abstract class DayRig {
    static final String ONE = "192.0.2.1";
    static final String TWO = "192.0.2.2";

    final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-21T22:00:00Z"));
    final AtomicLong nanos = new AtomicLong();
    final List<KeptDay> written = new ArrayList<>();
    int durable;

    final DayBook book(RateLimitConfig config) {
        return new DayBook(config, now::get, nanos::get, new Disk());
    }

    static RateLimitConfig addresses(long perDay) {
        return RateLimitConfig.ofAddresses(requests(perDay), OptionalLong.empty());
    }

    static RateLimitConfig all(long perDay) {
        return RateLimitConfig.ofAll(requests(perDay));
    }

    static RateLimitConfig both(long ofAddress, long ofAll) {
        return config(requests(ofAddress), requests(ofAll));
    }

    static RateLimitConfig config(Rates address, Rates all) {
        return new RateLimitConfig(Rates.NONE, address, all, OptionalLong.empty(), false);
    }

    private static Rates requests(long perDay) {
        return Rates.ofDay(OptionalLong.of(perDay), OptionalLong.empty());
    }

    static Granted granted(BudgetDecision decision) {
        return assertInstanceOf(Granted.class, decision);
    }

    static Exceeded exceeded(BudgetDecision decision) {
        return assertInstanceOf(Exceeded.class, decision);
    }

    private final class Disk implements DayJournal {
        @Override
        public long write(KeptDay day) {
            synchronized (written) {
                written.add(day);
                return written.size();
            }
        }

        @Override
        public void await(long position) {
            synchronized (written) {
                durable = Math.max(durable, (int) position);
            }
        }
    }
}
