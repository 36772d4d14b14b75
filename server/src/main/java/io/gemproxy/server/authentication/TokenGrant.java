package io.gemproxy.server.authentication;

import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.gemini.OperationGroup;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a token to be issued shall say.
 *
 * @param subject the client's name, {@code sub}
 * @param lifetime from now to {@code exp}; at least a second
 * @param role client or admin
 * @param models globs; empty means all
 * @param requestsPerMinute {@code rpm}
 * @param tokensPerMinute {@code tpm}
 * @param requestsPerDay {@code rpd}
 * @param dailyTokens {@code daily_tokens}
 * @param dailyCostUsd {@code daily_cost_usd}
 * @param operations {@code operations}; empty means all
 */
public record TokenGrant(
        String subject,
        Duration lifetime,
        Role role,
        List<String> models,
        OptionalInt requestsPerMinute,
        OptionalLong tokensPerMinute,
        OptionalLong requestsPerDay,
        OptionalLong dailyTokens,
        Optional<BigDecimal> dailyCostUsd,
        Set<OperationGroup> operations) {
    /** A grant for all operations. */
    public TokenGrant(
            String subject,
            Duration lifetime,
            Role role,
            List<String> models,
            OptionalInt requestsPerMinute,
            OptionalLong tokensPerMinute,
            OptionalLong requestsPerDay,
            OptionalLong dailyTokens,
            Optional<BigDecimal> dailyCostUsd) {
        this(
                subject,
                lifetime,
                role,
                models,
                requestsPerMinute,
                tokensPerMinute,
                requestsPerDay,
                dailyTokens,
                dailyCostUsd,
                Set.of());
    }

    /** A grant without limits of its own. */
    public static TokenGrant of(String subject, Duration lifetime, Role role) {
        return new TokenGrant(
                subject,
                lifetime,
                role,
                List.of(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty());
    }

    /** The same for some operations only. */
    public TokenGrant forOperations(Set<OperationGroup> allowed) {
        return new TokenGrant(
                subject,
                lifetime,
                role,
                models,
                requestsPerMinute,
                tokensPerMinute,
                requestsPerDay,
                dailyTokens,
                dailyCostUsd,
                allowed);
    }

    /** The same for some models only. */
    public TokenGrant forModels(List<String> globs) {
        return new TokenGrant(
                subject,
                lifetime,
                role,
                globs,
                requestsPerMinute,
                tokensPerMinute,
                requestsPerDay,
                dailyTokens,
                dailyCostUsd,
                operations);
    }
}
