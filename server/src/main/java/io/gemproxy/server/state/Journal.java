package io.gemproxy.server.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The file of a {@link JournalPart}: a first line that says what follows, then a line an entry. It
 * is written anew from what is live when most of it is history, and whenever its end is in doubt.
 */
final class Journal<E> implements Stored {
    private static final System.Logger LOG = System.getLogger(Journal.class.getName());
    private static final int FORMAT = 1;

    /** Below that many appended entries a journal is not worth writing anew while it is in use. */
    private static final int SPARED = 2_000;

    private final StateFiles files;
    private final JournalPart<E> part;
    private final Path file;
    private final int spared;
    private boolean anew;
    private long live;
    private long appended;

    Journal(StateFiles files, JournalPart<E> part) {
        this(files, part, SPARED);
    }

    Journal(StateFiles files, JournalPart<E> part, int spared) {
        this.spared = spared;
        this.files = files;
        this.part = part;
        this.file = files.file(part.name() + ".journal");
    }

    /** Restores every entry that can be read; a file with damage inside is kept aside. */
    @Override
    public void load() throws IOException {
        anew = true;
        Optional<byte[]> content = files.disk().read(file);
        if (content.isPresent()) {
            load(content.get());
        }
    }

    private void load(byte[] content) throws IOException {
        JournalLines lines = JournalLines.of(content);
        int version = version(lines);
        if (version > part.version()) {
            files.setAside(file, "newer", "written by a later gemproxy");
            part.damaged().run();
        } else if (version == 0) {
            files.setAside(file, "corrupt", "damaged, its first line cannot be read");
            part.damaged().run();
        } else {
            restore(content, lines);
        }
    }

    private void restore(byte[] content, JournalLines lines) throws IOException {
        List<E> entries = new ArrayList<>();
        int unread = lines.damaged();
        for (byte[] text : lines.texts().subList(1, lines.texts().size())) {
            try {
                entries.add(Json.MAPPER.readValue(text, part.type()));
            } catch (IOException unfit) {
                unread++;
            }
        }
        if (unread > 0) {
            files.copyAside(file, content, "damaged, " + unread + " entries cannot be read");
        } else if (lines.torn()) {
            LOG.log(Level.INFO, "state: " + file + ": cut off what a crash left half written");
        }
        part.restore().accept(entries.stream());
        if (unread > 0) {
            part.damaged().run();
        }
        anew = unread > 0 || lines.torn();
        appended = entries.size();
    }

    /** The version of the entries; 0 if the first line does not tell, over the known if later. */
    private int version(JournalLines lines) throws IOException {
        if (lines.texts().isEmpty()) {
            return 0;
        }
        JsonNode head = Json.MAPPER.readTree(lines.texts().getFirst());
        int format = head.path("format").asInt();
        if (format > FORMAT) {
            return Integer.MAX_VALUE;
        }
        return format == FORMAT ? head.path("version").asInt() : 0;
    }

    @Override
    public boolean isWanted() {
        return part.changes().confirmations().wanted();
    }

    @Override
    public void flush() throws IOException {
        Confirmations confirmations = part.changes().confirmations();
        confirmations.begun();
        long position = part.changes().position();
        boolean written = false;
        try {
            write();
            written = true;
        } finally {
            if (written) {
                confirmations.confirm(position);
            } else {
                confirmations.failed();
            }
        }
    }

    private void write() throws IOException {
        anew |= part.changes().takeOverflow();
        List<E> changes = part.changes().take();
        if (anew || isMostlyHistory(appended + changes.size())) {
            writeAnew();
        } else if (!changes.isEmpty()) {
            // a failed append leaves who knows what behind
            anew = true;
            append(changes);
            anew = false;
        }
    }

    private boolean isMostlyHistory(long entries) {
        if (live == 0 && entries > spared) {
            // not known since the start: all that was loaded may be live
            live = countLive();
        }
        return entries > Math.max(spared, 2 * live);
    }

    /** History is for who is killed. */
    @Override
    public void finish() throws IOException {
        if (!anew && appended > live && appended > countLive()) {
            writeAnew();
        }
    }

    private long countLive() {
        try (Stream<E> now = part.live().get()) {
            return now.count();
        }
    }

    private void append(List<E> changes) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (E change : changes) {
            lines.write(JournalLines.line(Json.MAPPER.writeValueAsBytes(change)));
        }
        files.disk().append(file, lines.toByteArray());
        files.disk().sync(file);
        appended += changes.size();
    }

    private void writeAnew() throws IOException {
        anew = true;
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        String head = "{\"format\":" + FORMAT + ",\"version\":" + part.version() + "}";
        lines.write(JournalLines.line(head.getBytes(StandardCharsets.UTF_8)));
        long entries = 0;
        try (Stream<E> now = part.live().get()) {
            for (Iterator<E> each = now.iterator(); each.hasNext(); entries++) {
                lines.write(JournalLines.line(Json.MAPPER.writeValueAsBytes(each.next())));
            }
        }
        files.replace(file, lines.toByteArray());
        live = entries;
        appended = 0;
        anew = false;
    }
}
