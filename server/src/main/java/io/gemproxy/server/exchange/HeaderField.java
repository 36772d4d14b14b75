package io.gemproxy.server.exchange;

/**
 * One HTTP header line.
 *
 * @param name as received, any case
 * @param value without surrounding white space
 */
public record HeaderField(String name, String value) {}
