package io.gemproxy.server.reload.writing;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.server.reload.AppliedConfig;

/**
 * What a server runs with; shows no secret.
 *
 * @param config that was put into effect last
 * @param values of its files together, with secrets masked; where another one waits for the next
 *     start, or its part of the server could not take over, the one that holds
 */
public record RunningView(AppliedConfig config, JsonNode values) {}
