package io.gemproxy.server.exchange;

/**
 * The unique name of one request, given by the listener and echoed in {@code x-request-id}.
 *
 * @param value 26 characters of Crockford base 32, sortable by time
 */
public record RequestId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
