package io.gemproxy.server.reload;

import java.util.List;
import java.util.Optional;

/**
 * Which configuration is in effect, and what came of the last attempt to change it.
 *
 * @param applied in effect
 * @param last reload, if there was one
 * @param waiting paths of the settings whose value in the file waits for the next start
 */
public record ReloadStatus(
        AppliedConfig applied, Optional<FinishedReload> last, List<String> waiting) {
    public ReloadStatus {
        waiting = List.copyOf(waiting);
    }
}
