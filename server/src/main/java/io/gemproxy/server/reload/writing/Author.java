package io.gemproxy.server.reload.writing;

import io.gemproxy.server.reload.ReloadCause;
import io.gemproxy.server.reload.ReloadCause.Trigger;

/**
 * Who changes the configuration and why.
 *
 * @param actor a client or a user of the machine
 * @param reason in their words, empty if there are none
 */
public record Author(String actor, String reason) {
    ReloadCause cause(Trigger trigger) {
        return new ReloadCause(trigger, actor, reason);
    }
}
