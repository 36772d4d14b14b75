package io.gemproxy.cli.explain;

/**
 * A code of gemproxy, explained.
 *
 * @param code as it is written
 * @param title what it means in a few words
 * @param cause why it comes
 * @param example when
 * @param fix what to do
 */
record Code(String code, String title, String cause, String example, String fix) {}
