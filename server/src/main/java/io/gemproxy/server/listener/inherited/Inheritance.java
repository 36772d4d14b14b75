package io.gemproxy.server.listener.inherited;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
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

    /**
     * Says so if a socket was handed over and is not where this configuration would bind one. At
     * the same port it is used, wherever it is bound; at another port it is not.
     *
     * @param host as configured
     * @param port as configured
     */
    public static void warnUnlessAt(String host, int port) throws IOException {
        Optional<InheritedListener> listener = listener();
        if (listener.isPresent()) {
            difference(listener.get(), host, port).ifPresent(said -> LOG.log(Level.WARNING, said));
        }
    }

    static Optional<String> difference(InheritedListener socket, String host, int port)
            throws IOException {
        String handedOver =
                "the service manager handed over a socket at "
                        + text(socket.address().map(InetAddress::getHostAddress).orElse("?"))
                        + ":"
                        + socket.port();
        String configured = text(host) + ":" + port;
        if (socket.port() != port) {
            return Optional.of(
                    handedOver
                            + ", which is not used: server.host and server.port say "
                            + configured
                            + "; give ListenStream= of gemproxy.socket the same port");
        }
        return socket.address().filter(bound -> !same(bound, host)).isPresent()
                ? Optional.of(handedOver + ", which is used, and not " + configured)
                : Optional.empty();
    }

    private static boolean same(InetAddress bound, String host) {
        try {
            InetAddress wanted = InetAddress.getByName(host);
            return bound.equals(wanted)
                    || (bound.isAnyLocalAddress() && wanted.isAnyLocalAddress());
        } catch (UnknownHostException itself) {
            // what is wrong with server.host is said where it is bound
            return true;
        }
    }

    private static String text(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }

    /** The socket that was handed over, if it is at that port. */
    public static Optional<InheritedListener> at(int port) throws IOException {
        Optional<InheritedListener> listener = listener();
        return listener.isPresent() && listener.get().port() == port ? listener : Optional.empty();
    }
}
