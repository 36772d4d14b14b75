package io.gemproxy.server;

import io.gemproxy.server.exchange.AddressGroup;
import io.gemproxy.server.ratelimit.budget.Amounts;
import io.gemproxy.server.ratelimit.budget.DayBook;
import io.gemproxy.server.ratelimit.budget.DayJournal;
import io.gemproxy.server.ratelimit.budget.KeptDay;
import io.gemproxy.server.ratelimit.budget.KeptTally;
import io.gemproxy.server.state.Changes;
import io.gemproxy.server.state.JournalPart;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an address, or all clients together, took on a day, as the journal of days has it.
 *
 * @param address as limits tell addresses apart, null for all clients
 * @param start of the day; a line without one says nothing
 * @param sound false if what was taken is not known
 */
record DayLine(
        @Nullable String address,
        @Nullable Instant start,
        long requests,
        long tokens,
        boolean sound) {
    private static final int VERSION = 1;

    /** Longer than a disk that works needs for a write. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    /** The days' part in what survives a restart. */
    static JournalPart<DayLine> journal(DayBook days, Changes<DayLine> changes) {
        return new JournalPart<>(
                "days",
                VERSION,
                DayLine.class,
                changes,
                () -> days.snapshot().map(DayLine::of),
                lines -> days.restore(lines.flatMap(DayLine::kept)),
                days::distrust);
    }

    /** Hands counts over, and lets who would go beyond what is on disk wait for it. */
    static DayJournal onto(Changes<DayLine> changes) {
        return new DayJournal() {
            @Override
            public long write(KeptDay day) {
                return changes.add(of(day));
            }

            @Override
            public void await(long position) {
                changes.await(position, PATIENCE);
            }
        };
    }

    private static DayLine of(KeptDay kept) {
        KeptTally day = kept.day();
        return new DayLine(
                kept.address().map(AddressGroup::text).orElse(null),
                day.start(),
                day.upTo().requests(),
                day.upTo().tokens(),
                day.sound());
    }

    private Stream<KeptDay> kept() {
        return start == null
                ? Stream.empty()
                : Stream.of(
                        new KeptDay(
                                Optional.ofNullable(address).map(AddressGroup::new),
                                new KeptTally(start, new Amounts(requests, tokens, 0), sound)));
    }
}
