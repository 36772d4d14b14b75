package io.gemproxy.server.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which file it is, whatever its name.
 *
 * @param key device and inode, where the system has them
 */
record FileIdentity(@Nullable Object key) {
    static FileIdentity of(Path path) throws IOException {
        return new FileIdentity(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    }

    /** Whether the path names another file by now, or none. */
    boolean isGoneFrom(Path path) {
        try {
            return !Objects.equals(this, of(path));
        } catch (IOException gone) {
            return true;
        }
    }
}
