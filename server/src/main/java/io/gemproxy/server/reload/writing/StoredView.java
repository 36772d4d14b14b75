package io.gemproxy.server.reload.writing;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.server.reload.ConfigVersion;

/**
 * What stands on disk; shows no secret.
 *
 * @param version of the files
 * @param values of {@code proxy.yaml}, with secrets masked
 */
public record StoredView(ConfigVersion version, JsonNode values) {}
