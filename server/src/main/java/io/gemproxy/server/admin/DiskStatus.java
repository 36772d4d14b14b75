package io.gemproxy.server.admin;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether the files on disk are still those that were put into effect.
 *
 * @param state {@code same}, {@code differs} or {@code unreadable}
 * @param since when they were changed, as far as the disk tells; empty unless they differ
 */
public record DiskStatus(String state, Optional<Instant> since) {}
