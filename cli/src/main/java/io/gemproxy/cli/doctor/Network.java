package io.gemproxy.cli.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/** What checks do over the network, each within seconds and without any credential. */
interface Network {
    /** How many addresses a name has. */
    int addresses(String host) throws UnknownHostException;

    /**
     * One GET.
     *
     * @throws javax.net.ssl.SSLException if TLS is what fails
     */
    Greeting get(URI address) throws IOException;

    /**
     * One GET of a server that is known otherwise than by Java's authorities.
     *
     * @param trust who may be that server
     */
    Greeting get(URI address, SSLContext trust) throws IOException;

    /**
     * Connects to a Unix socket.
     *
     * @throws IOException if this user may not, or nobody listens
     */
    void knock(Path socket) throws IOException;

    /** Listens for a moment, to see whether that is possible. */
    void bind(String host, int port) throws IOException;
}
