package io.gemproxy.server.keys;

import java.time.Instant;

/**
 * The last outcome that blamed a key, its project or Google.
 *
 * @param at when
 * @param outcome the outcome's stable word; never text of an error body
 */
public record LastError(Instant at, String outcome) {}
