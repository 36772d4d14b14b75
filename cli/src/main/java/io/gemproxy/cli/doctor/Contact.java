package io.gemproxy.cli.doctor;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;

/** What came of calling at a server's door once. */
sealed interface Contact {
    /**
     * It answered.
     *
     * @param greeting what it said
     * @param at when, by this machine's clock
     */
    record Answered(Greeting greeting, Instant at) implements Contact {}

    /**
     * It did not.
     *
     * @param cause why
     */
    record Failed(IOException cause) implements Contact {}

    static Contact with(Network network, URI server, InstantSource clock) {
        try {
            Greeting greeting = network.get(server.resolve("/"));
            return new Answered(greeting, clock.instant());
        } catch (IOException failed) {
            return new Failed(failed);
        }
    }
}
