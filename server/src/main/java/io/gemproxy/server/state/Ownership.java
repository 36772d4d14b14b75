package io.gemproxy.server.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/** Keeps files that an administrator makes in the server's directory usable for the server. */
final class Ownership {
    private Ownership() {}

    /** Gives a file to the owner of the directory, if it is somebody else's. */
    static void adopt(Path file, Path directory) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        UserPrincipal owner = Files.getOwner(directory);
        if (!Files.getOwner(file).equals(owner)) {
            Files.setOwner(file, owner);
        }
    }
}
