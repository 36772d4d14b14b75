package io.gemproxy.server.config;

import java.nio.file.Path;

/**
 * A file of the configuration as it was read.
 *
 * @param path absolute
 * @param bytes its whole content, which may hold secrets; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record ConfigFile(Path path, byte[] bytes) {
    /** Shows the content to nobody. */
    @Override
    public String toString() {
        return "ConfigFile[" + path + ", " + bytes.length + " bytes]";
    }
}
