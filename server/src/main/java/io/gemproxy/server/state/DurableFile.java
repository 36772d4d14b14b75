package io.gemproxy.server.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A value whose change must be on the medium before anybody is told of it, and that must not be
 * guessed at when it is damaged: a file of one line, the checksum of a JSON text and the text.
 *
 * <p>Reading needs no lock, for a file is replaced in one step. Who writes holds the directory's
 * lock.
 */
public final class DurableFile<T> {
    private static final int FORMAT = 1;

    private final Disk disk;
    private final Path directory;
    private final Path file;
    private final Class<T> type;

    DurableFile(Disk disk, Path directory, String name, Class<T> type) {
        this.disk = disk;
        this.directory = directory;
        this.file = directory.resolve(name);
        this.type = type;
    }

    /**
     * The file of that name in a state directory.
     *
     * @param type a record of plain values, what Jackson makes of it is the form
     */
    public static <T> DurableFile<T> in(Path directory, String name, Class<T> type) {
        return new DurableFile<>(new LocalDisk(), directory, name, type);
    }

    /**
     * What was written last; empty if nothing ever was.
     *
     * @throws StateDamaged if it is not what was written, or a later version wrote it
     * @throws IOException if it cannot be read
     */
    public Optional<T> read() throws IOException {
        Optional<byte[]> content = disk.read(file);
        return content.isEmpty() ? Optional.empty() : Optional.of(decoded(content.get()));
    }

    private T decoded(byte[] content) throws StateDamaged {
        JournalLines lines = JournalLines.of(content);
        if (lines.texts().size() != 1
                || !Arrays.equals(content, JournalLines.line(lines.texts().getFirst()))) {
            throw new StateDamaged(file, "damaged");
        }
        JsonNode whole = tree(lines.texts().getFirst());
        if (whole.path("format").asInt() > FORMAT) {
            throw new StateDamaged(file, "written by a later gemproxy");
        }
        try {
            T value = Json.MAPPER.treeToValue(whole.path("value"), type);
            if (value != null) {
                return value;
            }
        } catch (JsonProcessingException unfit) {
            throw new StateDamaged(file, "damaged", unfit);
        }
        throw new StateDamaged(file, "damaged");
    }

    private JsonNode tree(byte[] text) throws StateDamaged {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException unfit) {
            throw new StateDamaged(file, "damaged", unfit);
        }
    }

    /**
     * Returns once the value is on the medium; after a crash the file is the old one or the new
     * one, whole.
     *
     * @throws IOException if that is not certain; calling again is right
     */
    public void replace(T value) throws IOException {
        byte[] line = JournalLines.line(encoded(value));
        Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
        disk.write(fresh, line);
        disk.sync(fresh);
        Ownership.adopt(fresh, directory);
        disk.move(fresh, file);
        disk.syncDirectory(directory);
    }

    private static byte[] encoded(Object value) throws JsonProcessingException {
        ObjectNode whole = Json.MAPPER.createObjectNode();
        whole.put("format", FORMAT);
        whole.set("value", Json.MAPPER.valueToTree(value));
        return Json.MAPPER.writeValueAsBytes(whole);
    }
}
