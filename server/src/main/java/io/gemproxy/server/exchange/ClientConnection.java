package io.gemproxy.server.exchange;

import java.util.List;

/**
 * The client's connection as the steps of a request see it: someone who may leave at any moment.
 */
public interface ClientConnection {
    /** The connection of the request that runs on this thread; bound by the listener. */
    ScopedValue<ClientConnection> CURRENT = ScopedValue.newInstance();

    /**
     * Calls {@code onGone} once, on another thread, as soon as the client closes or resets the
     * connection. To be called after the request body was read to its end; bytes of a pipelined
     * request are kept for later.
     *
     * @return closes the watch; {@code onGone} is not called after {@code close} returned
     */
    Watch watch(Runnable onGone);

    /**
     * Whether the request was read to its end, so that a watch may listen for the next bytes.
     * Before that the request's own thread reads the socket, and two must not.
     */
    boolean requestRead();

    /**
     * All fields of the request, in their order and with one character to a byte, if a value of any
     * holds bytes above 0x7F (RFC 9110, 5.5), which the server's own view has as U+FFFD; else none.
     * To be forwarded, not to be judged by.
     */
    List<HeaderField> fieldsWithObsText();

    /** True once the client is known to have left. */
    boolean gone();

    /** A watch that can be ended. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
