package io.gemproxy.server.exchange;

import io.gemproxy.server.gemini.OperationGroup;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a client may do.
 *
 * @param models globs of the models it may call; empty means all
 * @param operations what it may ask for; empty means all
 * @param limits how much of it
 * @param within what must allow the same models and operations too; its limits are in these already
 */
public record Entitlement(
        List<String> models,
        Set<OperationGroup> operations,
        Limits limits,
        Optional<Entitlement> within) {
    /** Everything, as far as configured defaults allow. */
    public static final Entitlement ALL = new Entitlement(List.of(), Set.of(), Limits.NONE);

    /** One that stands alone. */
    public Entitlement(List<String> models, Set<OperationGroup> operations, Limits limits) {
        this(models, operations, limits, Optional.empty());
    }

    /** The same, as far as the bound allows it: both must permit, of two limits the lower holds. */
    public Entitlement boundedBy(Entitlement bound) {
        return new Entitlement(
                models, operations, limits.strictest(bound.limits), Optional.of(bound));
    }

    /** Whether some models may be forbidden. */
    public boolean limitsModels() {
        return !models.isEmpty() || within.filter(Entitlement::limitsModels).isPresent();
    }

    /** Whether the operation may be asked for. */
    public boolean allows(OperationGroup operation) {
        return (operations.isEmpty() || operations.contains(operation))
                && within.filter(bound -> !bound.allows(operation)).isEmpty();
    }
}
