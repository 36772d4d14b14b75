package io.gemproxy.server.proxy;

import io.gemproxy.server.upstream.UpstreamRequest;

/** The body of a client's request, read as far as an attempt needs it. */
interface RequestBody extends AutoCloseable {
    /**
     * What may be searched for resource names before the first attempt: the whole body, or its
     * beginning.
     */
    byte[] prefix();

    /** Whether {@link #prefix()} is all there is. */
    boolean prefixIsAll();

    /** The body for the next attempt. Only to be called again while {@link #replayable()}. */
    UpstreamRequest.Body next();

    /** Whether the body can be sent once more. */
    boolean replayable();

    /** Bytes read from the client so far. */
    long bytesRead();

    /** Frees what was kept for a replay. */
    @Override
    void close();
}
