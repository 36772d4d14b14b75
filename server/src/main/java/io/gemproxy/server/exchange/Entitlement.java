package io.gemproxy.server.exchange;

import io.gemproxy.server.gemini.OperationGroup;
import java.util.List;
import java.util.Set;

/**
 * What a client may do.
 *
 * @param models globs of the models it may call; empty means all
 * @param operations what it may ask for; empty means all
 * @param limits how much of it
 */
public record Entitlement(List<String> models, Set<OperationGroup> operations, Limits limits) {
    /** Everything, as far as configured defaults allow. */
    public static final Entitlement ALL = new Entitlement(List.of(), Set.of(), Limits.NONE);
}
