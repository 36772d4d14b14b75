package io.gemproxy.server.listener;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;

/**
 * A connection that says nothing and hangs up. Who takes it hangs up too, with TLS and without; the
 * kernel alone, which lets anybody connect to a socket that nobody reads, does not.
 */
final class Knock {
    private static final String LISTENER = "io.helidon.webserver.ServerListener";

    private Knock() {}

    /** Whether somebody hung up within {@code atMost}. */
    static boolean isAnswered(InetSocketAddress at, Duration atMost) {
        int millis = Math.toIntExact(atMost.toMillis());
        try (Socket socket = new Socket()) {
            socket.connect(at, millis);
            socket.setSoTimeout(millis);
            socket.shutdownOutput();
            var _ = socket.getInputStream().read();
            return true;
        } catch (SocketTimeoutException | ConnectException | NoRouteToHostException nobody) {
            return false;
        } catch (SocketException reset) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Whether some listener has as many connections as it may and waits for one of them to end: it
     * does not answer then, and is well.
     */
    static boolean waitsForRoom() {
        return Thread.getAllStackTraces().values().stream()
                .anyMatch(frames ->
                        runs(frames, LISTENER) && runs(frames, Semaphore.class.getName()));
    }

    private static boolean runs(StackTraceElement[] frames, String type) {
        return Arrays.stream(frames).anyMatch(frame -> frame.getClassName().equals(type));
    }
}
