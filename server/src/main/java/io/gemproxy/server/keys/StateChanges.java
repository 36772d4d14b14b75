package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyStatus;
import io.gemproxy.server.keys.quota.Moment;
import java.util.function.Consumer;

/**
 * Tells that a key is in another state than before.
 *
 * @param told is told, on the thread that brought it about
 */
record StateChanges(Consumer<KeyStatus> told) {
    /** Does something, and tells if it changed the state of the key. */
    void during(UpstreamKey key, Moment now, Runnable change) {
        String before = KeyStates.of(key, now).word();
        change.run();
        KeyStatus after = KeyStates.status(key, now);
        if (!after.state().equals(before)) {
            told.accept(after);
        }
    }

    /** The state of the key has changed. */
    void tell(UpstreamKey key, Moment now) {
        told.accept(KeyStates.status(key, now));
    }
}
