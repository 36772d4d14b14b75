package io.gemproxy.server.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a response head by the letter of RFC 9112: CRLF only, no folding, no control characters,
 * everything bounded. Belongs to one connection.
 */
final class ResponseHeadParser implements HttpMessageParser<ClassicHttpResponse> {
    private static final int MAX_STATUS_LINE = 4 * 1024;
    private static final int MAX_LINE = 64 * 1024;
    private static final int MAX_HEAD = 128 * 1024;
    private static final int MAX_FIELDS = 500;
    private static final int STATUS_AT = "HTTP/1.x ".length();

    private byte[] line = new byte[256];
    private int length;
    private int left;
    private boolean sawByte;
    private @Nullable SessionInputBuffer buffer;
    private AnswerFraming framing = AnswerFraming.EMPTY;

    /** Forgets the last answer; from now on {@link #sawByte()} speaks of the next one. */
    void begin() {
        sawByte = false;
    }

    /** Whether any byte of the present answer has been read. */
    boolean sawByte() {
        return sawByte;
    }

    /** The framing of the answer parsed last. */
    AnswerFraming framing() {
        return framing;
    }

    /** Bytes received and not yet taken by a reader. */
    int buffered() {
        return buffer == null ? 0 : buffer.length();
    }

    @Override
    public ClassicHttpResponse parse(SessionInputBuffer from, InputStream in) throws IOException {
        buffer = from;
        left = MAX_HEAD;
        readLine(from, in, MAX_STATUS_LINE);
        BasicClassicHttpResponse response = statusLine();
        int fields = 0;
        for (readLine(from, in, MAX_LINE); length > 0; readLine(from, in, MAX_LINE)) {
            require(++fields <= MAX_FIELDS, "too many header fields");
            response.addHeader(field());
        }
        framing = AnswerFraming.of(response);
        return response;
    }

    private BasicClassicHttpResponse statusLine() throws MalformedAnswerException {
        require(length >= STATUS_AT + 3, "no HTTP/1.1 status line");
        String text = text(0, length);
        require(text.startsWith("HTTP/1.1 ") || text.startsWith("HTTP/1.0 "), "not HTTP/1.x");
        int status = 0;
        for (int i = STATUS_AT; i < STATUS_AT + 3; i++) {
            int digit = line[i] - '0';
            require(digit >= 0 && digit <= 9, "status code is not a number");
            status = status * 10 + digit;
        }
        require(status >= 100 && status <= 599, "status code out of range");
        boolean reason = length > STATUS_AT + 3;
        require(!reason || line[STATUS_AT + 3] == ' ', "status code is not three digits");
        BasicClassicHttpResponse response =
                new BasicClassicHttpResponse(status, reason ? text.substring(STATUS_AT + 4) : "");
        response.setVersion(text.charAt(7) == '1' ? HttpVersion.HTTP_1_1 : HttpVersion.HTTP_1_0);
        return response;
    }

    private BasicHeader field() throws MalformedAnswerException {
        int colon = 0;
        while (colon < length && HeaderSyntax.isTokenChar(line[colon])) {
            colon++;
        }
        require(colon > 0 && colon < length && line[colon] == ':', "bad header field name");
        int start = colon + 1;
        int end = length;
        while (start < end && isBlank(line[start])) {
            start++;
        }
        while (end > start && isBlank(line[end - 1])) {
            end--;
        }
        return new BasicHeader(text(0, colon), text(start, end));
    }

    private void readLine(SessionInputBuffer from, InputStream in, int max) throws IOException {
        length = 0;
        for (int c = next(from, in); c != '\r'; c = next(from, in)) {
            require(HeaderSyntax.isValueChar(c), "control character in the head");
            require(length < max, "line too long in the head");
            if (length == line.length) {
                line = Arrays.copyOf(line, length * 2);
            }
            line[length++] = (byte) c;
        }
        require(next(from, in) == '\n', "CR without LF in the head");
    }

    private int next(SessionInputBuffer from, InputStream in) throws IOException {
        int c = from.read(in);
        if (c < 0) {
            throw sawByte ? new TruncatedBodyException() : new NoAnswerException();
        }
        sawByte = true;
        require(--left >= 0, "head too large");
        return c;
    }

    private String text(int from, int to) {
        return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }

    private static void require(boolean kept, String rule) throws MalformedAnswerException {
        if (!kept) {
            throw new MalformedAnswerException(rule);
        }
    }
}
