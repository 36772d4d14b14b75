package io.gemproxy.dist.nspawn;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/** A minimal Debian 12 with systemd, made once and kept as an archive in the user's cache. */
final class RootFileSystem {
    private static final String PACKAGES =
            "systemd,systemd-sysv,dbus,iproute2,procps,curl,ca-certificates";
    private static final String NAME =
            "bookworm-" + Integer.toHexString(PACKAGES.hashCode()) + ".tar";
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private RootFileSystem() {}

    /** Lays one out in an empty directory. */
    static void layOut(Path directory) throws IOException, InterruptedException {
        Programs.run(LONGEST, "tar", "-xpf", archive().toString(), "-C", directory.toString());
        // a temporary directory is for its owner alone, and this one is everybody's /
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path archive() throws IOException, InterruptedException {
        Path archive = cache().resolve(NAME);
        if (!Files.exists(archive)) {
            Files.createDirectories(cache());
            try (FileChannel channel =
                            FileChannel.open(
                                    cache().resolve(NAME + ".lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                if (held.isValid() && !Files.exists(archive)) {
                    make(archive);
                }
            }
        }
        return archive;
    }

    private static void make(Path archive) throws IOException, InterruptedException {
        Path root = Files.createTempDirectory("debian");
        Path fresh = Files.createTempFile(cache(), NAME, ".new");
        try {
            Programs.run(
                    LONGEST,
                    "debootstrap",
                    "--variant=minbase",
                    "--include=" + PACKAGES,
                    "bookworm",
                    root.toString());
            Programs.run(LONGEST, "tar", "-cpf", fresh.toString(), "-C", root.toString(), ".");
            Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
            Programs.run(LONGEST, "rm", "-rf", "--one-file-system", root.toString());
        }
    }

    private static Path cache() {
        Path caches =
                Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                        .filter(it -> !it.isEmpty())
                        .map(Path::of)
                        .orElse(Path.of(System.getProperty("user.home"), ".cache"));
        return caches.resolve("gemproxy-tests");
    }
}
