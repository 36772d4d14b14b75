package io.gemproxy.server.audit;

import java.io.IOException;
import java.nio.file.Path;

/** Another server writes this audit file: a startup error, since two would mix up its sequence. */
public final class AuditFileTaken extends IOException {
    private static final long serialVersionUID = 1L;

    AuditFileTaken(Path path) {
        super(message(path));
    }

    AuditFileTaken(Path path, Throwable cause) {
        super(message(path), cause);
    }

    private static String message(Path path) {
        return "audit.path: "
                + path.toAbsolutePath()
                + " is written by another gemproxy; give each server an audit file of its own";
    }
}
