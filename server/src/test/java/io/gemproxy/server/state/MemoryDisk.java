package io.gemproxy.server.state;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A disk that knows what a power cut may leave of it: names that no directory sync confirmed are
 * there or not, each for itself; bytes that no file sync confirmed are there, lost, half there or
 * zeros. It tells all of that after each call, and for a write also in its middle.
 */
final class MemoryDisk implements Disk {
    /** What a power cut does to the bytes that were not synced. */
    enum Loss {
        NOTHING,
        ALL,
        SECOND_HALF,
        TURNED_TO_ZEROS
    }

    private static final class Node {
        byte[] bytes;
        byte[] synced = {};

        Node(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] after(Loss loss) {
            int kept = Arrays.mismatch(bytes, synced);
            if (kept < 0) {
                return bytes;
            }
            return switch (loss) {
                case NOTHING -> bytes;
                case ALL -> synced;
                case SECOND_HALF -> Arrays.copyOf(bytes, kept + (bytes.length - kept) / 2);
                case TURNED_TO_ZEROS ->
                        Arrays.copyOf(Arrays.copyOf(bytes, kept), Math.max(kept, bytes.length));
            };
        }
    }

    private final Map<Path, Node> names = new HashMap<>();
    private final Map<Path, Node> durable = new HashMap<>();
    private final List<Consumer<Map<Path, Node>>> unconfirmed = new ArrayList<>();
    private Consumer<Map<Path, byte[]>> crash = image -> {};

    /** An empty disk. */
    MemoryDisk() {}

    /** What a power cut left, as the next process finds it. */
    MemoryDisk(Map<Path, byte[]> image) {
        image.forEach((file, bytes) -> {
            Node node = new Node(bytes);
            node.synced = bytes;
            names.put(file, node);
            durable.put(file, node);
        });
    }

    /** Is shown from now on each disk that a power cut might leave. */
    void onCrash(Consumer<Map<Path, byte[]>> shown) {
        crash = shown;
    }

    Map<Path, byte[]> content() {
        Map<Path, byte[]> content = new HashMap<>();
        names.forEach((file, node) -> content.put(file, node.bytes));
        return content;
    }

    private void cut() {
        for (int chosen = 0; chosen < 1 << unconfirmed.size(); chosen++) {
            Map<Path, Node> left = new HashMap<>(durable);
            for (int i = 0; i < unconfirmed.size(); i++) {
                if ((chosen & (1 << i)) != 0) {
                    unconfirmed.get(i).accept(left);
                }
            }
            for (Loss loss : Loss.values()) {
                Map<Path, byte[]> image = new HashMap<>();
                left.forEach((file, node) -> image.put(file, node.after(loss)));
                crash.accept(image);
            }
        }
    }

    private void named(Consumer<Map<Path, Node>> change) {
        unconfirmed.add(change);
        change.accept(names);
        cut();
    }

    private void written(Node node, byte[] start, byte[] more) {
        int all = more.length;
        for (int part : new int[] {0, 1, all / 2, all - 1, all}) {
            byte[] bytes = Arrays.copyOf(start, start.length + part);
            System.arraycopy(more, 0, bytes, start.length, part);
            node.bytes = bytes;
            cut();
        }
    }

    private Node node(Path file) throws IOException {
        Node node = names.get(file);
        if (node == null) {
            throw new NoSuchFileException(file.toString());
        }
        return node;
    }

    @Override
    public Optional<byte[]> read(Path file) {
        return Optional.ofNullable(names.get(file)).map(node -> node.bytes);
    }

    @Override
    public void write(Path file, byte[] bytes) throws IOException {
        if (!names.containsKey(file)) {
            Node made = new Node(new byte[0]);
            named(left -> left.put(file, made));
        }
        written(node(file), new byte[0], bytes);
    }

    @Override
    public void append(Path file, byte[] bytes) throws IOException {
        written(node(file), node(file).bytes, bytes);
    }

    @Override
    public void sync(Path file) throws IOException {
        node(file).synced = node(file).bytes;
        cut();
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        node(from);
        named(left -> {
            Node moved = left.remove(from);
            if (moved != null) {
                left.put(to, moved);
            }
        });
    }

    @Override
    public void syncDirectory(Path directory) {
        durable.clear();
        durable.putAll(names);
        unconfirmed.clear();
        cut();
    }

    @Override
    public boolean exists(Path file) {
        return names.containsKey(file);
    }
}
