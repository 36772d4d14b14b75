package io.gemproxy.simulator.http;

/** One request as it arrived, its body still to be read, and the peer that sent it. */
public record Exchange(long connection, RequestHead head, RequestBody body, Peer peer) {}
