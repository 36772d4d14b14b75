package io.gemproxy.server.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds records in the log and its uncompressed rotated files, the newest first, page by page. */
public final class AuditSearch {
    /** So many records are looked at for one page; then it ends, full or not. */
    static final int MOST_READ = 50_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path log;
    private final int mostRead;

    public AuditSearch(Path log) {
        this(log, MOST_READ);
    }

    AuditSearch(Path log, int mostRead) {
        this.log = log;
        this.mostRead = mostRead;
    }

    /**
     * Some records.
     *
     * @param records newest first
     * @param next where to go on: the next page has only records with a smaller {@code seq}; empty
     *     if there is none
     */
    public record Page(List<JsonNode> records, OptionalLong next) {
        public Page {
            records = List.copyOf(records);
        }
    }

    /**
     * The newest records that pass.
     *
     * @param limit at most so many
     * @param before only those with a smaller {@code seq}
     * @throws IOException if a file cannot be read
     */
    public Page page(AuditFilter filter, int limit, long before) throws IOException {
        Turning page = new Turning(filter, limit, before);
        for (Path file : newestFirst()) {
            if (!page.open) {
                break;
            }
            page.read(file);
        }
        return new Page(
                page.found, page.open ? OptionalLong.empty() : OptionalLong.of(page.reached));
    }

    private List<Path> newestFirst() throws IOException {
        Path real = Files.exists(log) ? log.toRealPath() : log.toAbsolutePath();
        List<Path> files = new ArrayList<>(List.of(real));
        RotatedFiles.plain(real).reversed().forEach(rotated -> files.add(rotated.path()));
        return files;
    }

    /** A page while it is filled. */
    private final class Turning {
        private final AuditFilter filter;
        private final int limit;
        private final List<JsonNode> found = new ArrayList<>();
        private long reached;
        private int read;
        private boolean open = true;

        private Turning(AuditFilter filter, int limit, long before) {
            this.filter = filter;
            this.limit = limit;
            this.reached = before;
        }

        private void read(Path file) throws IOException {
            long first = RotatedFiles.first(file);
            if (first >= reached) {
                return;
            }
            try (BackwardLines lines = BackwardLines.open(file)) {
                Optional<byte[]> line = lines.next();
                while (line.isPresent() && open) {
                    take(line.get());
                    line = open ? lines.next() : Optional.empty();
                }
            } catch (NoSuchFileException gone) {
                // rotated or deleted meanwhile
            }
        }

        private void take(byte[] line) {
            long seq = RotatedFiles.seq(line);
            if (seq == 0 || seq >= reached) {
                return;
            }
            try {
                JsonNode entry = JSON.readTree(new String(line, StandardCharsets.UTF_8));
                if (filter.passes(entry)) {
                    found.add(entry);
                }
            } catch (JsonProcessingException tampered) {
                return;
            }
            reached = seq;
            read++;
            open = found.size() < limit && read < mostRead;
        }
    }
}
