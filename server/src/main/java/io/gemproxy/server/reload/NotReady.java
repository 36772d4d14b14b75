package io.gemproxy.server.reload;

import io.gemproxy.server.config.Finding;
import java.util.List;

/** A configuration that is valid in itself cannot be put into effect. */
public final class NotReady extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Finding> findings;

    /**
     * @param findings why; at least one
     */
    public NotReady(Finding... findings) {
        super(findings[0].what());
        this.findings = List.of(findings);
    }

    /** Why. */
    public List<Finding> findings() {
        return findings;
    }
}
