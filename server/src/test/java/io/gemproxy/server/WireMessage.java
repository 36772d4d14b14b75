package io.gemproxy.server;

import io.gemproxy.server.exchange.HeaderField;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** An HTTP/1.1 message as it stood on the wire, its transfer coding removed and nothing else. */
final class WireMessage {
    /** What a message without a length means. */
    enum Kind {
        REQUEST,
        ANSWER,
        /** To HEAD, or 204, or 304. */
        BODYLESS_ANSWER
    }

    private final String startLine;
    private final List<HeaderField> fields;
    private final byte[] body;

    private WireMessage(String startLine, List<HeaderField> fields, byte[] body) {
        this.startLine = startLine;
        this.fields = fields;
        this.body = body;
    }

    String startLine() {
        return startLine;
    }

    /** In order, several lines of one name as several fields, values without outer blanks. */
    List<HeaderField> fields() {
        return fields;
    }

    byte[] body() {
        return body;
    }

    /** The code of an answer. */
    int status() {
        return Integer.parseInt(startLine.substring(9, 12));
    }

    /** The values of all fields of that name. */
    List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(HeaderField::value)
                .toList();
    }

    /**
     * Reads one message.
     *
     * @param arrived is told after each piece how many bytes of the body are there
     * @throws EOFException when it ends before its end
     */
    static WireMessage read(InputStream in, Kind kind, IntConsumer arrived) throws IOException {
        String startLine = line(in);
        List<HeaderField> fields = fields(in);
        WireMessage head = new WireMessage(startLine, fields, new byte[0]);
        boolean bodyless = kind == Kind.BODYLESS_ANSWER || (kind == Kind.ANSWER && head.isEmpty());
        return bodyless ? head : new WireMessage(startLine, fields, head.body(in, kind, arrived));
    }

    private boolean isEmpty() {
        return status() == 204 || status() == 304;
    }

    private byte[] body(InputStream in, Kind kind, IntConsumer arrived) throws IOException {
        if (!values("transfer-encoding").isEmpty()) {
            return chunks(in, arrived);
        }
        Optional<Integer> length =
                values("content-length").stream().findFirst().map(Integer::valueOf);
        if (length.isEmpty()) {
            return kind == Kind.REQUEST ? new byte[0] : in.readAllBytes();
        }
        byte[] bytes = in.readNBytes(length.get());
        if (bytes.length < length.get()) {
            throw new EOFException("body ends after " + bytes.length + " of " + length.get());
        }
        return bytes;
    }

    private static byte[] chunks(InputStream in, IntConsumer arrived) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int left = chunkSize(in); left > 0; left = chunkSize(in)) {
            while (left > 0) {
                byte[] piece = new byte[Math.min(left, 64 * 1024)];
                int got = in.read(piece);
                if (got < 0) {
                    throw new EOFException("ends inside a chunk");
                }
                body.write(piece, 0, got);
                left -= got;
                arrived.accept(body.size());
            }
            expectEmpty(line(in));
        }
        fields(in);
        return body.toByteArray();
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
    }

    private static void expectEmpty(String line) throws IOException {
        if (!line.isEmpty()) {
            throw new IOException("chunk longer than announced");
        }
    }

    private static List<HeaderField> fields(InputStream in) throws IOException {
        List<HeaderField> fields = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            fields.add(
                    new HeaderField(line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return List.copyOf(fields);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("ends inside a line");
            }
            line.write(c);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        if (!text.endsWith("\r")) {
            throw new IOException("a line of the head ends without CR");
        }
        return text.substring(0, text.length() - 1);
    }
}
