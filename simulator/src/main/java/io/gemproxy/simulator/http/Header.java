package io.gemproxy.simulator.http;

/** One header line, name and value as they stand on the wire. */
public record Header(String name, String value) {}
