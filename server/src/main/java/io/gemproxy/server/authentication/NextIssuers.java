package io.gemproxy.server.authentication;

import java.util.Map;
import java.util.function.Consumer;

/** Issuers that are ready to be trusted. */
public final class NextIssuers {
    private final Map<String, IssuerKeys> keys;
    private final boolean changed;
    private final Consumer<Map<String, IssuerKeys>> taken;

    NextIssuers(
            Map<String, IssuerKeys> keys,
            boolean changed,
            Consumer<Map<String, IssuerKeys>> taken) {
        this.keys = keys;
        this.changed = changed;
        this.taken = taken;
    }

    /** Whether they are others, or the key set in a file is another one. */
    public boolean changed() {
        return changed;
    }

    /** Trusts them from the next token on; a token of somebody else holds no longer. */
    public void trust() {
        if (changed) {
            taken.accept(keys);
        }
    }
}
