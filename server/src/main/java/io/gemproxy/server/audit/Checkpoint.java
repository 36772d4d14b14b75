package io.gemproxy.server.audit;

import io.gemproxy.server.exchange.Result;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * A record of the log about itself: an {@code AdminAction} that no admin can do, since its word
 * begins with {@code audit.}.
 *
 * @param kind what it says
 * @param at when
 * @param numbers further fields
 * @param words further fields
 */
record Checkpoint(Kind kind, Instant at, Map<String, Long> numbers, Map<String, String> words) {
    Checkpoint {
        numbers = new TreeMap<>(numbers);
        words = new TreeMap<>(words);
    }

    /** What a checkpoint says. */
    enum Kind {
        /** So far has the log got. */
        COUNT("audit.count", Result.SUCCESS),
        /** Records were lost. */
        LOSS("audit.loss", Result.FAILURE),
        /** This file goes on where another ended. */
        ROTATED("audit.rotate", Result.SUCCESS),
        /** The oldest files are about to be deleted. */
        RETENTION("audit.retention", Result.SUCCESS),
        /** From here on another key is used. */
        KEY_CHANGED("audit.key_change", Result.SUCCESS),
        /** The log did not end as it had been left. */
        DAMAGE("audit.damage", Result.FAILURE),
        /** The log ended in half a record, which was cut off. */
        TORN("audit.torn", Result.FAILURE);

        private final String action;
        private final Result result;

        Kind(String action, Result result) {
            this.action = action;
            this.result = result;
        }

        String action() {
            return action;
        }

        Result result() {
            return result;
        }
    }

    static Checkpoint of(Kind kind, Instant at, Map<String, Long> numbers) {
        return new Checkpoint(kind, at, numbers, Map.of());
    }
}
