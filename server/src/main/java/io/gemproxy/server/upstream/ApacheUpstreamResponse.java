package io.gemproxy.server.upstream;

import io.gemproxy.server.exchange.HeaderField;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/** An answer on its connection, which goes back to the pool with the last byte. */
final class ApacheUpstreamResponse implements UpstreamResponse {
    private final ApacheUpstreamCall call;
    private final ClassicHttpResponse response;
    private final List<HeaderField> headers;
    private final InputStream body;
    private boolean finished;

    ApacheUpstreamResponse(ApacheUpstreamCall call, ClassicHttpResponse response)
            throws IOException {
        this.call = call;
        this.response = response;
        this.headers = endToEnd(response);
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            body = InputStream.nullInputStream();
            finish();
        } else {
            body = new Body(entity.getContent());
        }
    }

    @Override
    public int status() {
        return response.getCode();
    }

    @Override
    public List<HeaderField> headers() {
        return headers;
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public void close() {
        if (!finished) {
            call.abort();
            finish();
        }
    }

    private void finish() {
        finished = true;
        call.over();
    }

    private static List<HeaderField> endToEnd(ClassicHttpResponse response) {
        Header[] received = response.getHeaders();
        List<HeaderField> fields = new ArrayList<>(received.length);
        for (Header header : received) {
            fields.add(new HeaderField(header.getName(), header.getValue()));
        }
        HopByHop.removeFrom(fields);
        return Collections.unmodifiableList(fields);
    }

    /** Keeps the time of each read and turns every fault into one kind of exception. */
    private final class Body extends InputStream {
        private final InputStream content;

        Body(InputStream content) {
            this.content = content;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (finished) {
                return -1;
            }
            call.reading();
            try {
                int count = content.read(into, offset, length);
                if (count < 0 || (call.isWhole() && content.read() < 0)) {
                    finish();
                }
                return count;
            } catch (IOException e) {
                throw call.broken(e);
            } finally {
                call.readDone();
            }
        }

        @Override
        public void close() {
            ApacheUpstreamResponse.this.close();
        }
    }
}
