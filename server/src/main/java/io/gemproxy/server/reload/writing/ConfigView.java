package io.gemproxy.server.reload.writing;

import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.edit.ConfigChange;
import java.util.List;

/**
 * What is said of a configuration that is or might be on disk; shows no secret.
 *
 * @param findings what the loader says to it
 * @param changes what differs in it from what it is compared with
 */
public record ConfigView(List<Finding> findings, List<ConfigChange> changes) {
    public ConfigView {
        findings = List.copyOf(findings);
        changes = List.copyOf(changes);
    }
}
