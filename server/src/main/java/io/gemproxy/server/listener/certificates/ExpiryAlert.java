package io.gemproxy.server.listener.certificates;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A served certificate nears its end and was not renewed.
 *
 * @param file where it is from
 * @param end its last moment
 * @param stage how near
 */
public record ExpiryAlert(Path file, Instant end, Stage stage) {
    private static final Duration LAST_DAY = Duration.ofHours(24);
    private static final int OF_SHORT_LIVES = 8;

    /** How near the end is; each is told once. */
    public enum Stage {
        HALF("half", "has passed half of its life and ends at"),
        QUARTER("quarter", "has a quarter of its life left and ends at"),
        LAST_DAY("last_day", "ends soon, at"),
        EXPIRED("expired", "has expired and clients refuse it, since");

        private final String word;
        private final String words;

        Stage(String word, String words) {
            this.word = word;
            this.words = words;
        }

        /** For machines. */
        public String word() {
            return word;
        }

        /** For the log, before the moment. */
        public String words() {
            return words;
        }
    }

    /** What there is to say of it at a moment. */
    static Optional<Stage> stage(ServedCertificate certificate, Instant now) {
        Instant begin = certificate.leaf().getNotBefore().toInstant();
        Duration life = Duration.between(begin, certificate.end());
        Duration left = Duration.between(now, certificate.end());
        if (left.isNegative()) {
            return Optional.of(Stage.EXPIRED);
        }
        if (left.compareTo(lastOf(life)) <= 0) {
            return Optional.of(Stage.LAST_DAY);
        }
        if (left.compareTo(life.dividedBy(4)) <= 0) {
            return Optional.of(Stage.QUARTER);
        }
        return left.compareTo(life.dividedBy(2)) <= 0 ? Optional.of(Stage.HALF) : Optional.empty();
    }

    /** A day, or of a life of a few days an eighth: who has them renews them in that rhythm. */
    private static Duration lastOf(Duration life) {
        Duration eighth = life.dividedBy(OF_SHORT_LIVES);
        return eighth.compareTo(LAST_DAY) < 0 ? eighth : LAST_DAY;
    }
}
