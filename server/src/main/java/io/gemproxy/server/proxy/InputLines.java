package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.gemini.BatchLines;
import io.gemproxy.server.gemini.BatchOrder;
import io.gemproxy.server.gemini.FileContent;
import io.gemproxy.server.gemini.ResourceReferences;
import io.gemproxy.server.keys.affinity.Sighting;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The names inside a file while it is uploaded, and what its lines ask for, should it become the
 * input of a batch; for one upload, whose pieces come one after the other. It keeps no content.
 */
final class InputLines implements BodyInspection {
    /** So many names that are not the client's own; whoever needs more has other files in mind. */
    private static final int MOST = 256;

    private static final byte[] CODED =
            "\ncontent-transfer-encoding".getBytes(StandardCharsets.US_ASCII);

    private final Function<String, Sighting> directory;
    private final boolean multipart;
    private final Set<String> others = new LinkedHashSet<>();
    private ResourceReferences references =
            new ResourceReferences(this::name, possible -> name(possible));
    private ResourceReferences atPieceStart = references.copy();
    private BatchLines asked;
    private BatchLines askedAtPieceStart;
    private final UploadPieces pieces = new UploadPieces();
    private boolean readable = true;
    private boolean begun;
    private boolean begunAtPieceStart;
    private int coded;

    /**
     * @param directory what is known of a name to this client
     * @param multipart whether the file comes with form fields or its description around it
     */
    InputLines(Function<String, Sighting> directory, boolean multipart) {
        this.directory = directory;
        this.multipart = multipart;
        this.asked = new BatchLines(multipart);
        this.askedAtPieceStart = asked;
    }

    /** What no reader can follow is good for anything but a batch. */
    synchronized void unreadable() {
        readable = false;
    }

    /**
     * A piece begins; it may be the last one again, after its answer was lost.
     *
     * @param offset in bytes, where it belongs
     */
    synchronized void piece(long offset) {
        switch (pieces.begins(offset)) {
            case FOLLOWS -> {
                atPieceStart = references.copy();
                askedAtPieceStart = asked.copy();
                begunAtPieceStart = begun;
            }
            case AGAIN -> {
                references = atPieceStart.copy();
                asked = askedAtPieceStart.copy();
                begun = begunAtPieceStart;
            }
            case ELSEWHERE -> readable = false;
        }
    }

    @Override
    public synchronized void passing(byte[] bytes, int offset, int count) {
        if (!readable || !pieces.same(bytes, offset, count)) {
            readable = false;
            return;
        }
        if (multipart) {
            lookForCoding(bytes, offset, count);
        } else if (!begun) {
            begin(bytes, offset, count);
        }
        if (readable) {
            references.acceptLines(bytes, offset, count);
            asked.accept(bytes, offset, count);
        }
    }

    /** A line is a JSON object; what begins otherwise is a picture, a document or the like. */
    private void begin(byte[] bytes, int offset, int count) {
        for (int i = offset; i < offset + count && !begun; i++) {
            byte next = bytes[i];
            if (next == '{') {
                begun = true;
            } else if (next != ' ' && next != '\t' && next != '\r' && next != '\n') {
                readable = false;
                return;
            }
        }
    }

    /** Nobody sends parts in base64; their names would pass unseen. */
    private void lookForCoding(byte[] bytes, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            int next = bytes[i] >= 'A' && bytes[i] <= 'Z' ? bytes[i] | 0x20 : bytes[i];
            coded = next == CODED[coded] ? coded + 1 : next == '\n' ? 1 : 0;
            if (coded == CODED.length) {
                readable = false;
                return;
            }
        }
    }

    private void name(String resource) {
        if (directory.apply(resource) instanceof Sighting.Known) {
            return;
        }
        if (others.size() < MOST) {
            others.add(resource);
        } else if (!others.contains(resource)) {
            readable = false;
        }
    }

    /** What its lines ask for; empty if it could not be read from its beginning to its end. */
    synchronized Optional<BatchOrder> order() {
        return isRead() ? Optional.of(asked.order()) : Optional.empty();
    }

    /** How much of it has come by. */
    synchronized FileContent content() {
        return FileContent.of(pieces.position(), "");
    }

    /** Whether it names nothing but what is the client's own. */
    synchronized boolean isOwn() {
        return isRead() && others.isEmpty();
    }

    /**
     * What it names and is not the client's own, or was not when it was uploaded.
     *
     * @throws Refused if it could not be read
     */
    synchronized Set<String> others() {
        if (!isRead()) {
            throw new Refused(unreadableInput());
        }
        return Set.copyOf(others);
    }

    private boolean isRead() {
        return readable && pieces.isWhole();
    }

    static Rejection unreadableInput() {
        return new Rejection.Invalid(
                "BATCH_INPUT_NOT_READABLE",
                "The input file of the batch cannot be used: it is not known to this proxy as a file"
                        + " of JSON lines, uploaded in order and without content coding, that names"
                        + " at most 256 resources made elsewhere. Upload it again.");
    }

    @Override
    public boolean decided() {
        return true;
    }

    @Override
    public boolean takesAnything() {
        return true;
    }
}
