package io.gemproxy.server.upstream;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpMessageWriter;
import org.apache.hc.core5.http.io.SessionOutputBuffer;

/**
 * Writes a request's head, each character as the one byte it stands for (RFC 9110 section 5.5
 * {@code obs-text} included, which Apache's own writer turns into question marks).
 */
final class RequestHeadWriter implements HttpMessageWriter<ClassicHttpRequest> {
    private byte[] head = new byte[1024];
    private int length;

    @Override
    public void write(ClassicHttpRequest request, SessionOutputBuffer buffer, OutputStream out)
            throws IOException, HttpException {
        length = 0;
        put(request.getMethod());
        put(' ');
        put(request.getRequestUri());
        put(" HTTP/1.1");
        endLine();
        for (Iterator<Header> fields = request.headerIterator(); fields.hasNext(); ) {
            Header field = fields.next();
            put(field.getName());
            put(": ");
            put(field.getValue());
            endLine();
        }
        endLine();
        buffer.write(head, 0, length, out);
    }

    private void put(String text) throws HttpException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!HeaderSyntax.isValueChar(c)) {
                throw new HttpException("not a character of a request's head");
            }
            put(c);
        }
    }

    private void put(char c) {
        if (length == head.length) {
            head = Arrays.copyOf(head, length * 2);
        }
        head[length++] = (byte) c;
    }

    private void endLine() {
        put('\r');
        put('\n');
    }
}
