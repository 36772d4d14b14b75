package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.ErrorExcerpt;
import java.time.Instant;
import java.util.Optional;

/**
 * The last outcome that blamed a key, its project or Google.
 *
 * @param at when
 * @param reason the outcome's stable word
 * @param said what Google said, scrubbed; empty if no error answer was the cause
 */
public record LastError(Instant at, String reason, Optional<ErrorExcerpt> said) {}
