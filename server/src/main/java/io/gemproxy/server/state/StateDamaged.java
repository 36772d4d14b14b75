package io.gemproxy.server.state;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** A file that must not be guessed at cannot be read; nothing is served before somebody looks. */
public final class StateDamaged extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    StateDamaged(Path file, String why, Throwable cause) {
        this(file, why);
        initCause(cause);
    }

    StateDamaged(Path file, String why) {
        super(
                file
                        + " is "
                        + why
                        + "; restore it from a backup, or move it away knowing that what it held is"
                        + " forgotten");
    }
}
