package io.gemproxy.server.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * A request body that tells the upload apart when it is whole, so that none is ever completed
 * short.
 */
abstract sealed class RequestEntity extends AbstractHttpEntity {
    private static final int PIECE = 16 * 1024;

    private final long length;

    private RequestEntity(long length) {
        super((ContentType) null, null, length < 0);
        this.length = length;
    }

    static @Nullable RequestEntity of(UpstreamRequest.Body body) {
        return switch (body) {
            case UpstreamRequest.NoBody none -> null;
            case UpstreamRequest.Bytes bytes -> new InMemory(bytes.content());
            case UpstreamRequest.Stream stream -> new Once(stream.content(), stream.length());
        };
    }

    @Override
    public final long getContentLength() {
        return length;
    }

    @Override
    public final void close() {
        // the body belongs to the caller
    }

    private static final class InMemory extends RequestEntity {
        private final byte[] content;

        InMemory(byte[] content) {
            super(content.length);
            this.content = content;
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public boolean isStreaming() {
            return false;
        }

        @Override
        public InputStream getContent() {
            return new java.io.ByteArrayInputStream(content);
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            if (content.length <= PIECE) {
                ((UploadStream) out).writeWhole(content);
                return;
            }
            for (int at = 0; at < content.length; at += PIECE) {
                out.write(content, at, Math.min(PIECE, content.length - at));
            }
            ((UploadStream) out).complete();
        }
    }

    private static final class Once extends RequestEntity {
        private final InputStream content;

        Once(InputStream content, long length) {
            super(length);
            this.content = content;
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }

        @Override
        public boolean isStreaming() {
            return true;
        }

        @Override
        public InputStream getContent() {
            return content;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            byte[] piece = new byte[PIECE];
            long sent = 0;
            for (int count = next(piece); count >= 0; count = next(piece)) {
                sent += count;
                if (getContentLength() >= 0 && sent > getContentLength()) {
                    throw new RequestBodyException("longer than announced", null);
                }
                out.write(piece, 0, count);
            }
            if (getContentLength() >= 0 && sent < getContentLength()) {
                throw new RequestBodyException("shorter than announced", null);
            }
            ((UploadStream) out).complete();
        }

        private int next(byte[] piece) throws RequestBodyException {
            try {
                return content.read(piece);
            } catch (IOException | RuntimeException e) {
                throw new RequestBodyException("could not be read", e);
            }
        }
    }
}
