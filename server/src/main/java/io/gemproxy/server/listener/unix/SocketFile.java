package io.gemproxy.server.listener.unix;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A bound Unix socket with its file, mode 0660. The file has that mode from the first moment at
 * which anybody can see it: it is made in a directory that only we may enter, and then linked to
 * its place. What is in that place already is removed only if it is a socket at which nobody
 * listens.
 */
public final class SocketFile implements AutoCloseable {
    private static final int BACKLOG = 128;

    /** The kernel's {@code sun_path} without the byte that ends it. */
    private static final int LONGEST_PATH = 107;

    /** How the directories begin in which sockets are made, and the name of those. */
    private static final String DEN = ".gp";

    private static final String MADE = "s";

    private static final int TYPE = 0170000;
    private static final int SOCKET = 0140000;

    private final ServerSocketChannel channel;
    private final Path path;
    private final @Nullable Object identity;

    private SocketFile(ServerSocketChannel channel, Path path, @Nullable Object identity) {
        this.channel = channel;
        this.path = path;
        this.identity = identity;
    }

    /**
     * Listens at a path.
     *
     * @throws IOException with a message for the operator, if that cannot be
     */
    public static SocketFile bind(Path path) throws IOException {
        Path place = path.toAbsolutePath().normalize();
        Path directory = place.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new IOException("the directory of " + place + " is not there");
        }
        removeStale(place);
        removeDens(directory);
        Path den =
                Files.createTempDirectory(
                        directory,
                        DEN,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        try {
            return bind(den.resolve(MADE), place);
        } finally {
            Files.deleteIfExists(den);
        }
    }

    private static SocketFile bind(Path made, Path place) throws IOException {
        requireShort(made, place);
        requireShort(place, place);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(made), BACKLOG);
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-rw----"));
            Files.createLink(place, made);
            return new SocketFile(channel, place, identity(place));
        } catch (FileAlreadyExistsException taken) {
            channel.close();
            throw new IOException(place + " was made by somebody else just now", taken);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        } finally {
            Files.deleteIfExists(made);
        }
    }

    private static void requireShort(Path path, Path place) throws IOException {
        int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_PATH) {
            throw new IOException(
                    place
                            + " is too long for a Unix socket by "
                            + (bytes - LONGEST_PATH)
                            + " bytes");
        }
    }

    private static void removeStale(Path place) throws IOException {
        try {
            if (!isSocket(place)) {
                throw new IOException(place + " is there and is no socket; move it away");
            }
        } catch (NoSuchFileException free) {
            return;
        }
        if (isListenedTo(place)) {
            throw new IOException("another process listens at " + place);
        }
        Files.deleteIfExists(place);
    }

    /** What a process left that was killed while it bound; what is not just that is left alone. */
    private static void removeDens(Path directory) throws IOException {
        try (DirectoryStream<Path> dens = Files.newDirectoryStream(directory, DEN + "[0-9]*")) {
            for (Path den : dens) {
                if (Files.isDirectory(den, LinkOption.NOFOLLOW_LINKS)) {
                    removeDen(den);
                }
            }
        }
    }

    /** Somebody who binds at this moment makes his anew, or says why he could not. */
    private static void removeDen(Path den) {
        Path made = den.resolve(MADE);
        try {
            if (Files.exists(made, LinkOption.NOFOLLOW_LINKS)) {
                if (!isSocket(made) || isListenedTo(made)) {
                    return;
                }
                Files.delete(made);
            }
            Files.delete(den);
        } catch (IOException others) {
            // it is not empty, not ours, or gone: nothing of it stands in the way
            return;
        }
    }

    private static boolean isSocket(Path file) throws IOException {
        int mode = (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (mode & TYPE) == SOCKET;
    }

    /** Without waiting: a full backlog is a sign of life too. */
    private static boolean isListenedTo(Path place) {
        try (SocketChannel knock = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            knock.configureBlocking(false);
            knock.connect(UnixDomainSocketAddress.of(place));
            return true;
        } catch (ConnectException refused) {
            return false;
        } catch (IOException unknown) {
            return true;
        }
    }

    private static @Nullable Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /** Takes connections. */
    public ServerSocketChannel channel() {
        return channel;
    }

    /** Stops listening and removes the file, unless it is another's by now. */
    @Override
    public void close() throws IOException {
        channel.close();
        try {
            if (Objects.equals(identity(path), identity)) {
                Files.delete(path);
            }
        } catch (NoSuchFileException gone) {
            // Somebody removed it before us, as it was meant to be.
            return;
        }
    }
}
