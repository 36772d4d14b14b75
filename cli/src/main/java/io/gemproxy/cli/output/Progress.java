package io.gemproxy.cli.output;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Says on a terminal what is waited for, and how long already, in one line that is taken away again
 * when it is over. What takes less than a second is not told. Where a line could not be taken away,
 * as in a file or the mail of a job, nothing is told at all.
 */
public final class Progress {
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final Terminal terminal;
    private final Pulse pulse;
    private @Nullable Step current;
    private int width;
    private boolean ended;

    public Progress(Terminal terminal, Pulse pulse) {
        this.terminal = terminal;
        this.pulse = pulse;
    }

    /**
     * Begins to wait for something; within a step that is not over yet, it is a part of that.
     *
     * @param what as {@code Waiting for http://127.0.0.1:9090}
     */
    public synchronized Step begin(String what) {
        if (terminal.columns() == 0 || current != null || ended) {
            return new Step("", 0);
        }
        Step step = new Step(Printer.plain(what), pulse.nanoTime());
        current = step;
        step.beat = pulse.beat(() -> draw(step));
        return step;
    }

    /** Takes the line away, for another to be written; it comes again with the next stroke. */
    public synchronized void hide() {
        if (width > 0) {
            terminal.err().print("\r" + " ".repeat(width) + "\r");
            terminal.err().flush();
            width = 0;
        }
    }

    /** Takes the line away for good: the program is told to end. */
    public synchronized void end() {
        ended = true;
        hide();
    }

    private synchronized void draw(Step step) {
        Duration passed = Duration.ofNanos(pulse.nanoTime() - step.begun);
        if (current != step || ended || passed.compareTo(QUIET) < 0) {
            return;
        }
        String line = fitted(step.line() + " … " + Humane.duration(passed));
        terminal.err().print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
        terminal.err().flush();
        width = Math.max(width, line.length());
    }

    /** A line that fills the last column would be two when it is written over. */
    private String fitted(String line) {
        int most = terminal.columns() - 1;
        return line.length() <= most ? line : line.substring(0, Math.max(0, most - 1)) + "…";
    }

    private synchronized void over(Step step) {
        if (current == step) {
            current = null;
            hide();
        }
    }

    /** Something that is waited for, until it is closed. */
    public final class Step implements AutoCloseable {
        private final String what;
        private final long begun;
        private volatile String where = "";
        private Pulse.@Nullable Beat beat;

        private Step(String what, long begun) {
            this.what = what;
            this.begun = begun;
        }

        /** Says how far it is: {@code 2 of 4: spare}. */
        public void at(String place) {
            where = ", " + Printer.plain(place);
        }

        /** Says how far it is, as a percentage of the whole. */
        public void at(long done, long whole) {
            where = whole <= 0 ? "" : ", " + Math.clamp(100 * done / whole, 0, 100) + " %";
        }

        @Override
        public void close() {
            if (beat != null) {
                beat.close();
            }
            over(this);
        }

        private String line() {
            return what + where;
        }
    }
}
