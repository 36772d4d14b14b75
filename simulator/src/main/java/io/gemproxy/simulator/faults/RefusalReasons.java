package io.gemproxy.simulator.faults;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The reasons a script may give for a status, as words. */
public final class RefusalReasons {
    private static final Map<Integer, List<String>> REASONS =
            Map.of(
                    400, List.of("API_KEY_INVALID", "expired", "location", "toolong", "signature"),
                    401, List.of("unsupported", "wrongproduct"),
                    403,
                            List.of(
                                    "leaked",
                                    "suspended",
                                    "disabled",
                                    "blocked",
                                    "referrer",
                                    "ip",
                                    "billing",
                                    "denied",
                                    "file",
                                    "cache",
                                    "html"),
                    404, List.of("model", "entity"),
                    429,
                            List.of(
                                    "perminute",
                                    "perday",
                                    "tokens",
                                    "limit0",
                                    "prepaid",
                                    "spendcap",
                                    "generic",
                                    "bare",
                                    "html"),
                    503, List.of("overloaded", "demand"));

    private RefusalReasons() {}

    /** The reason that the next word is, or null when it is none of that status. */
    public static @Nullable String take(int status, Predicate<String> nextIs) {
        for (String reason : of(status)) {
            if (nextIs.test(reason)) {
                return reason;
            }
        }
        return null;
    }

    /** The reasons known for a status. */
    public static List<String> of(int status) {
        return REASONS.getOrDefault(status, List.of());
    }
}
