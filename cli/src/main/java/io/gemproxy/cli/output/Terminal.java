package io.gemproxy.cli.output;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * The streams of the process: data on the one, talk on the other.
 *
 * @param in what is piped in
 * @param out data
 * @param err talk
 * @param colour whether {@code out} is a terminal that should be coloured
 * @param columns how wide the terminal is that {@code err} goes to; 0 where it goes to none, or to
 *     one on which a line cannot be written over
 */
public record Terminal(
        InputStream in, PrintStream out, PrintStream err, boolean colour, int columns) {}
