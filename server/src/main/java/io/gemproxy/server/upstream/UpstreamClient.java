package io.gemproxy.server.upstream;

/**
 * The way to Google: one exchange at a time, on the calling thread. Safe for use by many threads.
 */
public interface UpstreamClient extends AutoCloseable {
    /** Prepares an exchange; nothing is sent before {@link UpstreamCall#send()}. */
    UpstreamCall call(UpstreamRequest request);

    @Override
    void close();
}
