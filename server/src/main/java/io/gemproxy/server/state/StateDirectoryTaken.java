package io.gemproxy.server.state;

import java.io.IOException;
import java.nio.file.Path;

/** Another server keeps its state there; the message names the setting and the directory. */
public final class StateDirectoryTaken extends IOException {
    private static final long serialVersionUID = 1L;

    StateDirectoryTaken(Path directory) {
        super(message(directory));
    }

    StateDirectoryTaken(Path directory, Throwable cause) {
        super(message(directory), cause);
    }

    private static String message(Path directory) {
        return "state.dir: "
                + directory.toAbsolutePath()
                + " is in use by another gemproxy; give each server a directory of its own";
    }
}
