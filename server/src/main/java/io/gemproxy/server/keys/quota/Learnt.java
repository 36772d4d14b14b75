package io.gemproxy.server.keys.quota;

/**
 * A limit that an error named, as it survives a restart.
 *
 * @param value the limit
 * @param untilMillis believed without question until then, since the epoch
 * @param trustMillis how long it is believed each time it is named; doubles when a question
 *     confirms it
 */
public record Learnt(long value, long untilMillis, long trustMillis) {}
