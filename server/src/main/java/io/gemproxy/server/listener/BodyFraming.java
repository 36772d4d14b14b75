package io.gemproxy.server.listener;

/** How long the body behind a request head is (RFC 9112 section 6). */
sealed interface BodyFraming {
    /** No body. */
    record Nothing() implements BodyFraming {}

    /**
     * A counted body.
     *
     * @param bytes above zero
     */
    record Length(long bytes) implements BodyFraming {}

    /** A chunked body. */
    record Chunked() implements BodyFraming {}
}
