package io.gemproxy.simulator.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The body of a request as a stream of its payload, whatever its framing. */
public final class RequestBody extends InputStream {
    private static final byte[] CONTINUE =
            "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private final WireInput in;
    private final OutputStream out;
    private final boolean chunked;
    private long left;
    private boolean continueAwaited;
    private boolean finished;
    private byte @Nullable [] whole;
    private Tap tap = (bytes, offset, length) -> {};

    /** Sees every payload byte that is read. */
    public interface Tap {
        void bytes(byte[] from, int offset, int length);
    }

    RequestBody(Headers headers, WireInput in, OutputStream out) throws BadRequestException {
        this.in = in;
        this.out = out;
        String coding = headers.first("Transfer-Encoding");
        this.chunked =
                coding != null && coding.toLowerCase(java.util.Locale.ROOT).endsWith("chunked");
        this.left = chunked ? 0 : declaredLength(headers);
        this.finished = !chunked && left == 0;
        this.continueAwaited = headers.first("Expect", "").equalsIgnoreCase("100-continue");
    }

    private static long declaredLength(Headers headers) throws BadRequestException {
        String length = headers.first("Content-Length");
        if (length == null) {
            return 0;
        }
        try {
            return Long.parseUnsignedLong(length);
        } catch (NumberFormatException notANumber) {
            throw new BadRequestException("Content-Length is not a number");
        }
    }

    /** Lets the tap see the bytes read from now on. */
    public void tap(Tap to) {
        this.tap = to;
    }

    /** The whole body, read now or kept from an earlier call. */
    public byte[] whole() throws IOException {
        byte[] bytes = whole;
        if (bytes == null) {
            bytes = chunked || left > 1 << 20 ? readAllBytes() : exactly((int) left);
            whole = bytes;
        }
        return bytes;
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int at = 0; at < length; ) {
            at += read(bytes, at, length - at);
        }
        return bytes;
    }

    /** Whether the whole body was read. */
    boolean finished() {
        return finished;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (finished) {
            return -1;
        }
        if (continueAwaited) {
            continueAwaited = false;
            out.write(CONTINUE);
            out.flush();
        }
        if (chunked && left == 0 && !nextChunk()) {
            return -1;
        }
        int count = in.read(to, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new BadRequestException("the input ended inside the body");
        }
        left -= count;
        tap.bytes(to, offset, count);
        if (left == 0) {
            endOfPiece();
        }
        return count;
    }

    private void endOfPiece() throws IOException {
        if (chunked) {
            if (!in.line().isEmpty()) {
                throw new BadRequestException("a chunk longer than its size");
            }
        } else {
            finished = true;
        }
    }

    private boolean nextChunk() throws IOException {
        String size = in.line();
        int extension = size.indexOf(';');
        try {
            left =
                    Long.parseLong(
                            (extension < 0 ? size : size.substring(0, extension)).strip(), 16);
        } catch (NumberFormatException notHex) {
            throw new BadRequestException("a chunk size that is not hexadecimal");
        }
        if (left > 0) {
            return true;
        }
        String trailer = in.line();
        while (!trailer.isEmpty()) {
            trailer = in.line();
        }
        finished = true;
        return false;
    }
}
