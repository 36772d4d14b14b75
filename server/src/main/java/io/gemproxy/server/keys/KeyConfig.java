package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.Secret;
import java.time.LocalDate;
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
 */
public record KeyConfig(
        KeyId id,
        Secret key,
        ProjectId project,
        int weight,
        OptionalInt maxRequestsPerMinute,
        Optional<LocalDate> expiresAt) {}
