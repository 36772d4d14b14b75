package io.gemproxy.server.reload.writing;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.edit.ConfigChange;
import io.gemproxy.server.reload.ConfigVersion;
import java.util.List;

/**
 * A configuration that is or might be on disk; shows no secret.
 *
 * @param version of its files
 * @param values of {@code proxy.yaml}, with secrets masked
 * @param findings what the loader says to it
 * @param changes what differs in it from what it is compared with
 */
public record ConfigView(
        ConfigVersion version,
        JsonNode values,
        List<Finding> findings,
        List<ConfigChange> changes) {
    public ConfigView {
        findings = List.copyOf(findings);
        changes = List.copyOf(changes);
    }
}
