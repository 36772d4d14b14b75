package io.gemproxy.server.listener;

/**
 * Where a listener listens and what it bears.
 *
 * @param host address to bind
 * @param port 0 lets the kernel choose
 * @param maxConnections open at the same time; more wait in the backlog
 * @param deadlines how long clients may dawdle
 */
record SocketSettings(String host, int port, int maxConnections, Deadlines deadlines) {}
