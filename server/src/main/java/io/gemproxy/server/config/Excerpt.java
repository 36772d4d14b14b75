package io.gemproxy.server.config;

/**
 * One line of a configuration file with the part a finding is about; never holds a secret.
 *
 * @param line its number, from 1
 * @param text the line up to the end of the value; a value nobody may see is {@code ****}
 * @param column where the caret starts, from 1
 * @param width how many carets, at least 1
 */
public record Excerpt(int line, String text, int column, int width) {}
