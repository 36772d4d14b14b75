package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.ProjectId;

/**
 * A project that should serve if it can: nothing breaks if another one does.
 *
 * @param reserve the share of its known limits, 0.0 to below 1.0, that is left to others; it is
 *     preferred only while it has more headroom
 */
public record Preference(ProjectId project, double reserve) {}
