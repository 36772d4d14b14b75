package io.gemproxy.server;

/** The running server: configuration in, two listeners out, everything closed in reverse order. */
public final class Gemproxy implements AutoCloseable {}
