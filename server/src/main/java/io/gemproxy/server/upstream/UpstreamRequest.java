package io.gemproxy.server.upstream;

import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.exchange.Secret;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is to be sent to Google.
 *
 * @param method e.g. {@code POST}
 * @param pathAndQuery canonical path, and query without any credential
 * @param headers end-to-end headers, already freed of credentials and of what names the client
 * @param body the body
 * @param key the pooled key, put into exactly one header
 * @param placement which header
 * @param repeatable whether it may be sent once more when a reused connection dies under it
 * @param firstByteTimeout overrides the configured one (the client's {@code X-Server-Timeout})
 */
public record UpstreamRequest(
        String method,
        String pathAndQuery,
        List<HeaderField> headers,
        Body body,
        Secret key,
        KeyPlacement placement,
        Optional<Duration> firstByteTimeout,
        boolean repeatable) {

    /** A request that does no harm when it is sent twice. */
    public UpstreamRequest(
            String method,
            String pathAndQuery,
            List<HeaderField> headers,
            Body body,
            Secret key,
            KeyPlacement placement,
            Optional<Duration> firstByteTimeout) {
        this(method, pathAndQuery, headers, body, key, placement, firstByteTimeout, true);
    }

    /** Where the key goes. */
    public enum KeyPlacement {
        /** {@code x-goog-api-key}. */
        GOOG_API_KEY,
        /** {@code Authorization: Bearer}, as the OpenAI-compatible endpoint wants it. */
        BEARER
    }

    /** The request body. */
    public sealed interface Body {}

    /** No body; {@code POST}, {@code PUT} and {@code PATCH} then say {@code Content-Length: 0}. */
    public record NoBody() implements Body {}

    /** A body in memory, which may be sent again. */
    public static final class Bytes implements Body {
        private final byte[] content;

        /** Keeps the array; it must not change afterwards. */
        public Bytes(byte[] content) {
            this.content = content;
        }

        public byte[] content() {
            return content;
        }
    }

    /**
     * A body that can be read once.
     *
     * @param length in bytes; -1 when unknown (chunked)
     */
    public record Stream(InputStream content, long length) implements Body {}
}
