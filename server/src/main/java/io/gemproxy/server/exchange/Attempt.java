package io.gemproxy.server.exchange;

import java.time.Duration;

/**
 * One try of a request with one key.
 *
 * @param key the key that was lent
 * @param project the project of that key
 * @param outcome what came of it
 * @param took until the upstream's head, or until the failure
 */
public record Attempt(KeyId key, ProjectId project, AttemptOutcome outcome, Duration took) {}
