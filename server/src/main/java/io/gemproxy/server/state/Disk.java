package io.gemproxy.server.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The few calls by which state reaches a disk; each may fail, and a power cut may come between any
 * two. What {@link #sync} has not confirmed may be lost, the names of files what {@link
 * #syncDirectory} has not.
 */
interface Disk {
    /** All of a file, if there is one. */
    Optional<byte[]> read(Path file) throws IOException;

    /** Creates a file that only its owner may read, or empties it, and writes all bytes. */
    void write(Path file, byte[] bytes) throws IOException;

    /** Adds to the end of a file that exists. */
    void append(Path file, byte[] bytes) throws IOException;

    /** Returns once the file's bytes are on the medium. */
    void sync(Path file) throws IOException;

    /** Gives a file another name in one step, in place of the file that had it. */
    void move(Path from, Path to) throws IOException;

    /** Returns once the names of the directory's files are on the medium. */
    void syncDirectory(Path directory) throws IOException;

    /** Whether there is a file of that name. */
    boolean exists(Path file);
}
