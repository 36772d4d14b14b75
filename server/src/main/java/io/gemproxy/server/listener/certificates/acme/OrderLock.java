package io.gemproxy.server.listener.certificates.acme;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets one instance at a time order, of all that share a storage. Who has it locks a file, of which
 * the system lets go when the process dies, and extends a lease. Where the lease ends while the
 * file is still locked its holder sleeps: another takes over with a higher number, and the sleeper
 * finds on waking that its own is no longer the last.
 */
final class OrderLock {
    static final Duration LEASE = Duration.ofMinutes(10);

    private final Path storage;
    private final InstantSource clock;

    OrderLock(Path storage, InstantSource clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /** Empty while another instance has it. */
    Optional<Held> take() throws IOException {
        PrivateFile.directory(storage);
        try (FileChannel guard = open("guard.lock");
                FileLock _ = guard.lock()) {
            Lease last = lease();
            @Nullable FileChannel alive = lockedOrNull("order.lock");
            if (alive == null && clock.instant().toEpochMilli() < last.until()) {
                return Optional.empty();
            }
            Held held = new Held(last.number() + 1, alive);
            held.write();
            return Optional.of(held);
        } catch (OverlappingFileLockException another) {
            return Optional.empty();
        }
    }

    private @Nullable FileChannel lockedOrNull(String name) throws IOException {
        FileChannel channel = open(name);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException another) {
            // of this process
        }
        channel.close();
        return null;
    }

    private FileChannel open(String name) throws IOException {
        return FileChannel.open(
                storage.resolve(name),
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PrivateFile.OWNER));
    }

    private Lease lease() throws IOException {
        try {
            String line = Files.readString(file()).strip();
            int space = line.indexOf(' ');
            return space < 0
                    ? Lease.NONE
                    : new Lease(
                            Long.parseLong(line.substring(0, space)),
                            Long.parseLong(line.substring(space + 1)));
        } catch (NoSuchFileException | NumberFormatException none) {
            return Lease.NONE;
        }
    }

    private Path file() {
        return storage.resolve("lease");
    }

    /**
     * @param number counts who had it
     * @param until its end, in milliseconds since 1970
     */
    private record Lease(long number, long until) {
        static final Lease NONE = new Lease(0, 0);
    }

    /** The right to order and to store. */
    final class Held implements AutoCloseable {
        private final long number;
        private final @Nullable FileChannel alive;

        private Held(long number, @Nullable FileChannel alive) {
            this.number = number;
            this.alive = alive;
        }

        /**
         * Goes on for another lease.
         *
         * @throws AcmeFailure if another instance has taken over
         */
        void extend() throws AcmeFailure {
            try {
                if (lease().number() != number) {
                    throw new AcmeFailure(
                            AcmeFailure.Kind.OVERTAKEN,
                            "another instance has taken over the order, since this one slept");
                }
                write();
            } catch (IOException unwritable) {
                throw new AcmeFailure(
                        AcmeFailure.Kind.STORAGE,
                        "the lock in " + storage + " cannot be kept: " + unwritable,
                        unwritable);
            }
        }

        private void write() throws IOException {
            long until = clock.instant().plus(LEASE).toEpochMilli();
            PrivateFile.replace(file(), number + " " + until + "\n", PrivateFile.OWNER);
        }

        /** Lets the next one order. */
        @Override
        public void close() throws IOException {
            if (lease().number() == number) {
                PrivateFile.replace(file(), number + " 0\n", PrivateFile.OWNER);
            }
            if (alive != null) {
                alive.close();
            }
        }
    }
}
