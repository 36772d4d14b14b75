package io.gemproxy.server.probing;

import io.gemproxy.server.exchange.AttemptOutcome;
import java.time.Duration;

/**
 * One rung climbed, or not.
 *
 * @param question what was asked
 * @param outcome what came of it
 * @param took until the answer
 */
public record ProbeStep(Question question, AttemptOutcome outcome, Duration took) {}
