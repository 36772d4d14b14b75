package io.gemproxy.server.listener.inherited;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.spi.SelectorProvider;
import java.util.Map;
import java.util.Optional;

/**
 * The listening socket that a service manager opened and hands over (sd_listen_fds(3)). The
 * launcher puts it where {@link System#inheritedChannel()} looks: at standard input.
 */
public final class Inheritance {
    private static final System.Logger LOG = System.getLogger(Inheritance.class.getName());
    private static final String SETTING = "java.nio.channels.spi.SelectorProvider";

    private Inheritance() {}

    /**
     * To be called before the JVM opens its first socket: later it has chosen what opens them.
     *
     * @param environment where {@code LISTEN_PID} and {@code LISTEN_FDS} say whether there is one
     * @param pid of this process
     */
    public static void expect(Map<String, String> environment, long pid) {
        boolean ours = Long.toString(pid).equals(environment.get("LISTEN_PID"));
        if (ours && environment.getOrDefault("LISTEN_FDS", "").matches("[1-9][0-9]{0,3}")) {
            System.setProperty(SETTING, InheritingSelectors.class.getName());
        }
    }

    /** The socket that was handed over, if one was. */
    public static Optional<InheritedListener> listener() throws IOException {
        return SelectorProvider.provider() instanceof InheritingSelectors ours
                ? ours.inherited()
                : Optional.empty();
    }

    /** Says so if a socket was handed over and is not at the port that is to be served. */
    public static void warnUnlessAt(int port) throws IOException {
        Optional<InheritedListener> listener = listener();
        if (listener.isPresent() && listener.get().port() != port) {
            LOG.log(
                    Level.WARNING,
                    "the socket of port "
                            + listener.get().port()
                            + " that was handed over is not used: server.port is "
                            + port);
        }
    }

    /** The same if it is at that port. */
    public static Optional<InheritedListener> at(int port) throws IOException {
        Optional<InheritedListener> listener = listener();
        return listener.isPresent() && listener.get().port() == port ? listener : Optional.empty();
    }
}
