package io.gemproxy.server.exchange;

import java.time.Instant;
import java.util.Optional;

/**
 * A key that could not serve a wish.
 *
 * @param key its name
 * @param reason a stable word, e.g. {@code quota_requests_per_day} or {@code disabled}
 * @param until when that ends, if it ends by itself
 */
public record PassedOver(KeyId key, String reason, Optional<Instant> until) {}
