package io.gemproxy.cli.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;

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

    /** Listens for a moment, to see whether that is possible. */
    void bind(String host, int port) throws IOException;
}
