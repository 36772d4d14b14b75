package io.gemproxy.server.authentication;

import java.io.IOException;

/** Brings key sets from where they are. */
@FunctionalInterface
public interface KeySetSource {
    /**
     * Reads a document, within a few seconds.
     *
     * @param mostBytes the longest that may be
     * @throws IOException if it cannot be had, or is longer; its message may be logged
     */
    byte[] read(IssuerConfig.Keys place, int mostBytes) throws IOException;
}
