package io.gemproxy.cli.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.output.Humane;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Times of the server's answers as an operator reads them. */
final class Moments {
    private final InstantSource clock;

    Moments(InstantSource clock) {
        this.clock = clock;
    }

    /** {@code in 42 s}, {@code 3 h 4 min ago}; empty where there is no time. */
    String distance(JsonNode time) {
        String text = time.asText("");
        try {
            return time.isTextual() ? Humane.distance(clock.instant(), Instant.parse(text)) : "";
        } catch (DateTimeException odd) {
            return text;
        }
    }

    /** {@code 3 h 4 min}: how long something has lasted. */
    String lasting(JsonNode since) {
        String text = since.asText("");
        try {
            return since.isTextual()
                    ? Humane.duration(Duration.between(Instant.parse(text), clock.instant()))
                    : "";
        } catch (DateTimeException odd) {
            return text;
        }
    }
}
