package io.gemproxy.server.metrics;

import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.Result;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Rates and percentiles over sliding windows; a request only records, the first one of each step
 * also moves the step on.
 */
public final class PerformanceWindow implements FinishedExchange.Listener {
    private static final double NANOS = 1e9;

    private final Steps steps;
    private final ReentrantLock lock = new ReentrantLock();
    private final LatencyWindow duration = new LatencyWindow();
    private final LatencyWindow overhead = new LatencyWindow();
    private final LatencyWindow firstByte = new LatencyWindow();
    private final Map<Result, ResultCounts> results = new EnumMap<>(Result.class);
    private volatile long step;

    /**
     * @param nanoTime the monotonic clock
     */
    public PerformanceWindow(LongSupplier nanoTime) {
        steps = new Steps(nanoTime);
        for (Result result : Result.values()) {
            results.put(result, new ResultCounts());
        }
    }

    @Override
    public void finished(FinishedExchange exchange) {
        moveOn();
        duration.record(exchange.duration());
        overhead.record(exchange.overhead());
        if (exchange.timeToFirstByte().isPresent()) {
            firstByte.record(exchange.timeToFirstByte().get());
        }
        ResultCounts counts = results.get(exchange.result());
        if (counts != null) {
            counts.increment();
        }
    }

    /** All windows, shortest first, as of now. */
    public List<Performance> read() {
        lock.lock();
        try {
            flush(steps.now());
            return Stream.of(Window.values()).map(this::of).toList();
        } finally {
            lock.unlock();
        }
    }

    private void moveOn() {
        long now = steps.now();
        if (now != step && lock.tryLock()) {
            try {
                flush(now);
            } finally {
                lock.unlock();
            }
        }
    }

    /** What was recorded belongs to the step that ran until now. */
    private void flush(long now) {
        long ran = step;
        duration.flush(ran);
        overhead.flush(ran);
        firstByte.flush(ran);
        results.values().forEach(counts -> counts.flush(ran));
        step = now;
    }

    private Performance of(Window window) {
        Duration covered = steps.covered(window);
        Map<Result, Long> counts = new EnumMap<>(Result.class);
        results.forEach((result, count) -> counts.put(result, count.in(window, step)));
        long requests = counts.values().stream().mapToLong(Long::longValue).sum();
        return new Performance(
                window,
                covered,
                requests,
                covered.isZero() ? 0 : requests / (covered.toNanos() / NANOS),
                successRate(counts, requests),
                counts,
                duration.percentiles(window, step),
                overhead.percentiles(window, step),
                firstByte.percentiles(window, step));
    }

    private static OptionalDouble successRate(Map<Result, Long> counts, long requests) {
        return requests == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(counts.getOrDefault(Result.SUCCESS, 0L) / (double) requests);
    }
}
