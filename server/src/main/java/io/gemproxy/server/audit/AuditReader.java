package io.gemproxy.server.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the audit file without the server: its last records, then what is added, across rotation.
 * Not for use by several threads.
 */
public final class AuditReader implements AutoCloseable {
    /** Decides between two looks at the file whether to go on; usually it sleeps first. */
    @FunctionalInterface
    public interface Pause {
        /** False ends the following. */
        boolean goOn() throws InterruptedException;
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;
    private LineSource lines;

    private AuditReader(Path path, LineSource lines) {
        this.path = path;
        this.lines = lines;
    }

    /**
     * Opens the file at its beginning.
     *
     * @throws IOException if the file is not there or may not be read
     */
    public static AuditReader open(Path path) throws IOException {
        LineSource lines = LineSource.open(path);
        return new AuditReader(path.toRealPath(), lines);
    }

    /**
     * The last {@code count} records that pass, oldest first, from rotated files too if this one
     * has too few; {@link #follow} goes on behind them. A torn end of the file is told last.
     */
    public List<AuditLine> last(int count, AuditFilter filter) throws IOException {
        Deque<AuditLine> last = new ArrayDeque<>();
        lines.drain(line -> keep(last, count, line, filter));
        List<RotatedFiles.Rotated> rotated = RotatedFiles.plain(path).reversed();
        for (int i = 0; last.size() < count && i < rotated.size(); i++) {
            prepend(last, count, rotated.get(i).path(), filter);
        }
        lines.unfinished().ifPresent(rest -> keep(last, count, rest, filter));
        return new ArrayList<>(last);
    }

    /** Hands on every record added from now, until the pause says to stop. */
    public void follow(AuditFilter filter, Consumer<AuditLine> out, Pause pause)
            throws IOException, InterruptedException {
        do {
            boolean replaced = lines.isReplaced();
            lines.drain(line -> pass(line, filter, out));
            if (replaced) {
                lines.unfinished().ifPresent(rest -> pass(rest, filter, out));
                advance(filter, out);
            }
        } while (pause.goOn());
    }

    /** Through what was rotated away between two looks, to the file that has the name now. */
    private void advance(AuditFilter filter, Consumer<AuditLine> out) throws IOException {
        LineSource next = LineSource.open(path);
        boolean behind = false;
        for (RotatedFiles.Rotated rotated : RotatedFiles.plain(path)) {
            if (behind && !next.isFile(rotated.path())) {
                drain(rotated.path(), line -> pass(line, filter, out));
            }
            behind |= lines.isFile(rotated.path());
        }
        lines.close();
        lines = next;
        lines.drain(line -> pass(line, filter, out));
    }

    private static void drain(Path file, Consumer<String> out) throws IOException {
        try (LineSource source = LineSource.open(file)) {
            source.drain(out);
        } catch (NoSuchFileException deleted) {
            // no longer kept
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private static void prepend(Deque<AuditLine> last, int count, Path rotated, AuditFilter filter)
            throws IOException {
        Deque<AuditLine> older = new ArrayDeque<>();
        int room = count - last.size();
        drain(rotated, line -> keep(older, room, line, filter));
        while (!older.isEmpty()) {
            last.addFirst(older.removeLast());
        }
    }

    private static void keep(Deque<AuditLine> last, int count, String line, AuditFilter filter) {
        pass(line, filter, last::addLast);
        while (last.size() > count) {
            last.removeFirst();
        }
    }

    private static void pass(String line, AuditFilter filter, Consumer<AuditLine> out) {
        String shown = TerminalText.strip(line);
        try {
            JsonNode entry = JSON.readTree(line);
            if (entry.isObject()) {
                if (filter.passes(entry)) {
                    out.accept(new AuditLine.Complete(shown));
                }
                return;
            }
        } catch (JsonProcessingException torn) {
            // told below
        }
        if (filter.passesTorn()) {
            out.accept(new AuditLine.Torn(shown));
        }
    }
}
