package io.gemproxy.server.usage;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which sums are wanted.
 *
 * @param by what tells rows apart, in this order; empty for one row of all
 * @param since first day, UTC
 * @param until last day, UTC
 */
public record LedgerQuery(
        List<Dimension> by, Optional<LocalDate> since, Optional<LocalDate> until) {
    /** What usage can be told apart by. */
    public enum Dimension {
        CLIENT,
        MODEL,
        KEY,
        DAY,
        TIER;

        /** As written in queries. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The dimension of that word, if there is one. */
        public static Optional<Dimension> of(String word) {
            for (Dimension dimension : values()) {
                if (dimension.word().equals(word)) {
                    return Optional.of(dimension);
                }
            }
            return Optional.empty();
        }

        private String of(LedgerKey key) {
            return switch (this) {
                case CLIENT -> key.client();
                case MODEL -> key.model();
                case KEY -> key.keyId();
                case DAY -> key.day().toString();
                case TIER -> key.tier();
            };
        }
    }

    boolean covers(LedgerKey key) {
        return since.map(day -> !key.day().isBefore(day)).orElse(true)
                && until.map(day -> !key.day().isAfter(day)).orElse(true);
    }

    /** The row a key belongs to. */
    List<String> row(LedgerKey key) {
        List<String> row = new ArrayList<>(by.size());
        for (Dimension dimension : by) {
            row.add(dimension.of(key));
        }
        return row;
    }
}
