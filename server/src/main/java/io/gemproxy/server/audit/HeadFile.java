package io.gemproxy.server.audit;

import io.gemproxy.server.audit.chain.ChainHead;
import io.gemproxy.server.audit.chain.ChainKey;
import io.gemproxy.server.audit.chain.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the log's {@link ChainHead} is kept: a small file outside the log directory, replaced in
 * one step. It is not synced: a power cut may leave an older one, never half of one that counts.
 */
final class HeadFile {
    private static final int LONGEST = 4_096;
    private static final System.Logger LOG = System.getLogger(HeadFile.class.getName());

    private final Path path;
    private Optional<Link> stored = Optional.empty();
    private boolean failing;

    HeadFile(Path path) {
        this.path = path;
    }

    ChainHead.Found read(List<ChainKey> keys) throws IOException {
        try (var in = Files.newInputStream(path)) {
            return ChainHead.decode(in.readNBytes(LONGEST), keys);
        } catch (NoSuchFileException none) {
            return new ChainHead.Found.Missing();
        }
    }

    /** Stores it if it is another one; a failure is logged once and tried again with the next. */
    void store(Link last, ChainKey key) {
        if (stored.equals(Optional.of(last))) {
            return;
        }
        try {
            replace(ChainHead.encode(last, key));
            stored = Optional.of(last);
            failing = false;
        } catch (IOException failure) {
            if (!failing) {
                failing = true;
                LOG.log(System.Logger.Level.WARNING, "the audit head cannot be written", failure);
            }
        }
    }

    private void replace(byte[] bytes) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".tmp");
        var mode = PosixFilePermissions.fromString("rw-------");
        try (FileChannel channel =
                FileChannel.open(
                        fresh,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(mode))) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
        Files.move(
                fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
