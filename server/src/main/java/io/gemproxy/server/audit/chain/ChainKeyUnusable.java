package io.gemproxy.server.audit.chain;

import java.io.IOException;
import java.nio.file.Path;

/** The key of the hash chain is not there, cannot be made, or is too short: a startup error. */
public final class ChainKeyUnusable extends IOException {
    private static final long serialVersionUID = 1L;

    ChainKeyUnusable(Path file, String why) {
        super(message(file, why));
    }

    ChainKeyUnusable(Path file, String why, Throwable cause) {
        super(message(file, why), cause);
    }

    private static String message(Path file, String why) {
        return "audit.chain_key_file: "
                + file.toAbsolutePath()
                + " "
                + why
                + "; name a file outside the log and state directories that holds the output of:"
                + " openssl rand -hex 32";
    }
}
