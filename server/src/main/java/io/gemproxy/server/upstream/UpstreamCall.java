package io.gemproxy.server.upstream;

/** One exchange with Google that any thread may abort. */
public interface UpstreamCall {
    /**
     * Sends the request and waits for the final answer's head (1xx answers are consumed).
     *
     * @throws UpstreamException when no complete, well-formed head arrived
     */
    UpstreamResponse send() throws UpstreamException;

    /** Closes the connection at once, whatever the exchange is doing; idempotent, never blocks. */
    void abort();
}
