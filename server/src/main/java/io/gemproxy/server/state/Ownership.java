package io.gemproxy.server.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.UserPrincipal;

/** Keeps files that an administrator makes in the server's directory usable for the server. */
final class Ownership {
    private Ownership() {}

    /**
     * Gives a file to the owner of the directory, if it is somebody else's; never what a link there
     * points to, for that owner may have planted it.
     */
    static void adopt(Path file, Path directory) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        UserPrincipal owner = Files.getOwner(directory);
        if (!Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
            Files.getFileAttributeView(
                            file, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setOwner(owner);
        }
    }
}
