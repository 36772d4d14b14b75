package io.gemproxy.server.usage;

import io.gemproxy.server.gemini.ServiceTier;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a model costs in one time.
 *
 * @param from its first day, UTC
 * @param usual for most prompts, by tier
 * @param aboveTokens longer prompts cost {@code above}, all of their tokens
 * @param above for long prompts, by tier
 * @param storage picodollars for a cached token and an hour
 * @param image picodollars for one picture
 * @param seconds picodollars for a second of video, by resolution; the first is Google's default
 */
record ModelPrice(
        LocalDate from,
        Map<ServiceTier, TokenRates> usual,
        long aboveTokens,
        Map<ServiceTier, TokenRates> above,
        OptionalLong storage,
        OptionalLong image,
        Map<String, Long> seconds) {
    TokenRates rates(long promptTokens, ServiceTier tier) {
        return Objects.requireNonNull((promptTokens > aboveTokens ? above : usual).get(tier));
    }

    /** A second of video; the dearest for a resolution that has no price, empty if none has. */
    OptionalLong second(String resolution) {
        if (seconds.isEmpty()) {
            return OptionalLong.empty();
        }
        Long known =
                resolution.isEmpty() ? seconds.values().iterator().next() : seconds.get(resolution);
        return known != null
                ? OptionalLong.of(known)
                : seconds.values().stream().mapToLong(Long::longValue).max();
    }
}
