package io.gemproxy.server.audit;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Another server writes this audit file, or its head: a startup error, since two would mix up the
 * sequence.
 */
public final class AuditFileTaken extends IOException {
    private static final long serialVersionUID = 1L;

    AuditFileTaken(String message) {
        super(message);
    }

    AuditFileTaken(String message, Throwable cause) {
        super(message, cause);
    }

    static String log(Path path) {
        return "audit.path: "
                + path.toAbsolutePath()
                + " is written by another gemproxy; give each server an audit file of its own";
    }

    static String head(Path path) {
        return "state.dir: "
                + path.toAbsolutePath().getParent()
                + " is in use by another gemproxy; give each server a directory of its own";
    }
}
