package io.gemproxy.server.upstream;

/** One exchange with Google that any thread may abort. */
public interface UpstreamCall {
    /**
     * Sends the request and waits for the final answer's head (1xx answers are consumed).
     *
     * <p>To be called once. A refusal that comes while the body is still going up is returned like
     * any other answer.
     *
     * @throws UpstreamException when no complete, well-formed head arrived
     * @throws IllegalArgumentException when the request names a field or a path that a caller may
     *     not set
     */
    UpstreamResponse send() throws UpstreamException;

    /** Closes the connection at once, whatever the exchange is doing; idempotent, never blocks. */
    void abort();
}
