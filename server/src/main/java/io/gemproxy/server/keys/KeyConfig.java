package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.keys.quota.LimitsConfig;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One entry of {@code gemini.api_keys}.
 *
 * @param id the operator's name for it
 * @param key the key itself
 * @param project the project it belongs to; a project of its own unless said
 * @param weight its share, 1 to 10000
 * @param maxRequestsPerMinute our own limit on it, if any
 * @param expiresAt last day it is used, if any
 * @param billingAccount the account the project is billed to, if said
 * @param tier the tier of that account, for the operator's eyes
 * @param limits of the project by model name; {@link #ANY_MODEL} for each model not named
 */
public record KeyConfig(
        KeyId id,
        Secret key,
        ProjectId project,
        int weight,
        OptionalInt maxRequestsPerMinute,
        Optional<LocalDate> expiresAt,
        Optional<String> billingAccount,
        Optional<String> tier,
        Map<String, LimitsConfig> limits) {
    /** Stands for each model that is not named. */
    public static final String ANY_MODEL = "*";

    /** The same with another weight. */
    KeyConfig weighing(int other) {
        return new KeyConfig(
                id,
                key,
                project,
                other,
                maxRequestsPerMinute,
                expiresAt,
                billingAccount,
                tier,
                limits);
    }

    /** A key of which no more is known. */
    public KeyConfig(
            KeyId id,
            Secret key,
            ProjectId project,
            int weight,
            OptionalInt maxRequestsPerMinute,
            Optional<LocalDate> expiresAt) {
        this(
                id,
                key,
                project,
                weight,
                maxRequestsPerMinute,
                expiresAt,
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }
}
