package io.gemproxy.cli;

import io.gemproxy.cli.output.Pulse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A pulse that beats when a test says so. */
public final class DrivenPulse implements Pulse {
    private final AtomicLong now = new AtomicLong(7_000_000_000L);
    private final List<Runnable> strokes = new CopyOnWriteArrayList<>();

    @Override
    public long nanoTime() {
        return now.get();
    }

    @Override
    public Beat beat(Runnable stroke) {
        strokes.add(stroke);
        return () -> strokes.remove(stroke);
    }

    /** Time passes, and then there is a stroke. */
    public void pass(Duration time) {
        now.addAndGet(time.toNanos());
        strokes.forEach(Runnable::run);
    }

    /** Whether somebody waits. */
    public boolean beats() {
        return !strokes.isEmpty();
    }
}
