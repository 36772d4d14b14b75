package io.gemproxy.server.audit;

import io.gemproxy.server.audit.chain.ChainHead;
import io.gemproxy.server.audit.chain.ChainKey;
import io.gemproxy.server.audit.chain.ChainReport;
import io.gemproxy.server.audit.chain.ChainVerifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of a log in memory, to be changed and checked. */
final class LogCopy {
    private final List<byte[]> files;
    private final ChainHead.Found head;
    private final List<ChainKey> keys;

    private LogCopy(List<byte[]> files, ChainHead.Found head, List<ChainKey> keys) {
        this.files = files;
        this.head = head;
        this.keys = keys;
    }

    /**
     * A line.
     *
     * @param file from 0, the oldest
     * @param line from 1
     */
    record Place(int file, int line) {}

    static LogCopy of(AuditRig rig) throws IOException {
        List<ChainKey> keys = List.of(ChainKey.read(rig.key));
        List<byte[]> files = new ArrayList<>();
        for (RotatedFiles.Rotated rotated : RotatedFiles.oldestFirst(rig.log)) {
            files.add(Files.readAllBytes(rotated.path()));
        }
        files.add(Files.readAllBytes(rig.log));
        return new LogCopy(files, new HeadFile(rig.head).read(keys), keys);
    }

    LogCopy copy() {
        return new LogCopy(new ArrayList<>(files), head, keys);
    }

    int files() {
        return files.size();
    }

    byte[] bytes(int file) {
        return files.get(file).clone();
    }

    void put(int file, byte[] bytes) {
        files.set(file, bytes);
    }

    void remove(int file) {
        files.remove(file);
    }

    /** The lines of a file without their ends. */
    List<String> lines(int file) {
        return new ArrayList<>(
                new String(files.get(file), StandardCharsets.UTF_8).lines().toList());
    }

    void put(int file, List<String> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String line : lines) {
            bytes.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        files.set(file, bytes.toByteArray());
    }

    int indexOf(String name) {
        return Integer.parseInt(Path.of(name).toString());
    }

    ChainReport verify() throws IOException {
        ChainVerifier verifier = new ChainVerifier(keys, head);
        for (int i = 0; i < files.size(); i++) {
            verifier.file(Integer.toString(i));
            AuditVerification.lines(new ByteArrayInputStream(files.get(i)), verifier);
        }
        return verifier.finish(false);
    }
}
