package io.gemproxy.server.metrics;

import java.time.Duration;
import java.util.Optional;

/** The spans of time over which performance and errors are told. */
public enum Window {
    ONE_MINUTE("1m", Optional.of(Duration.ofMinutes(1))),
    FIVE_MINUTES("5m", Optional.of(Duration.ofMinutes(5))),
    SINCE_START("since_start", Optional.empty());

    /** Windows move on in steps of this length, so that a minute is 50 to 60 seconds long. */
    static final Duration STEP = Duration.ofSeconds(10);

    private final String label;
    private final Optional<Duration> length;

    Window(String label, Optional<Duration> length) {
        this.label = label;
        this.length = length;
    }

    /** As written in JSON. */
    public String label() {
        return label;
    }

    /** The steps it covers, counting the one that runs; all of them if it has no length. */
    long steps() {
        return length.map(span -> span.dividedBy(STEP)).orElse(Long.MAX_VALUE);
    }

    /** Steps to keep for the longest window that has a length. */
    static int kept() {
        return (int) FIVE_MINUTES.steps();
    }
}
