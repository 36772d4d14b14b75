package io.gemproxy.server.keys.affinity;

import io.gemproxy.server.exchange.ProjectId;
import java.time.Instant;

/**
 * One line of the directory.
 *
 * @param name the resource, e.g. {@code files/abc}
 * @param project where it lives
 * @param owner whose it is
 * @param until when it may be forgotten
 */
public record Belonging(String name, ProjectId project, Owner owner, Instant until) {}
