package io.gemproxy.server.gemini;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long an explicit cache is to be kept, as the request to make it says. */
public final class CacheTime {
    /** Where it says nothing (Gemini API, caching). */
    private static final Duration USUAL = Duration.ofHours(1);

    private CacheTime() {}

    /**
     * From now on, by {@code ttl} or {@code expireTime}.
     *
     * @param body the body or a prefix of it; may be anything
     */
    public static Duration find(byte[] body, Instant now) {
        Search search = new Search();
        MemberScanner.scan(body, _ -> false, search::member);
        Duration kept =
                search.ttl
                        .or(() -> search.until.map(end -> Duration.between(now, end)))
                        .orElse(USUAL);
        return kept.isNegative() ? Duration.ZERO : kept;
    }

    private static final class Search {
        private Optional<Duration> ttl = Optional.empty();
        private Optional<Instant> until = Optional.empty();

        void member(String parent, String name, String value) {
            switch (name) {
                case "ttl" -> ttl = seconds(value);
                case "expireTime", "expire_time" -> until = instant(value);
                default -> {}
            }
        }

        private static Optional<Duration> seconds(String value) {
            try {
                return value.endsWith("s")
                        ? Optional.of(Duration.parse("PT" + value))
                        : Optional.empty();
            } catch (DateTimeException malformed) {
                return Optional.empty();
            }
        }

        private static Optional<Instant> instant(String value) {
            try {
                return Optional.of(Instant.parse(value));
            } catch (DateTimeException malformed) {
                return Optional.empty();
            }
        }
    }
}
