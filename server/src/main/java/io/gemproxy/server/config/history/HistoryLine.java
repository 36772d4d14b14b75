package io.gemproxy.server.config.history;

import io.gemproxy.server.config.edit.ConfigChange;
import java.util.List;

/**
 * An entry of the history as it is shown.
 *
 * @param number of the entry, rising
 * @param entry what came into effect; its files are shown to nobody
 * @param changes from the entry before it, with secrets masked; empty for the first
 */
public record HistoryLine(int number, HistoryEntry entry, List<ConfigChange> changes) {
    public HistoryLine {
        changes = List.copyOf(changes);
    }
}
