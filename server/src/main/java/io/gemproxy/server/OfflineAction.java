package io.gemproxy.server;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Something that was done in the state directory while no server ran.
 *
 * @param action its word in the audit log
 * @param at when
 * @param by the user of the machine who did it
 * @param details what it was about
 */
public record OfflineAction(String action, Instant at, String by, Map<String, String> details) {
    /** All that the audit log has not been told of, in the form in which it is kept. */
    record Untold(List<OfflineAction> actions) {
        static final Untold NONE = new Untold(List.of());
    }
}
