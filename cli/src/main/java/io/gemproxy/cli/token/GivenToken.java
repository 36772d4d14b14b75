package io.gemproxy.cli.token;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Parameters;

/** {@code TOKEN}, for commands that look at one: an argument or, unseen by others, piped in. */
final class GivenToken {
    private static final int LONGEST = 16 * 1024;

    @Parameters(
            paramLabel = "TOKEN",
            arity = "0..1",
            defaultValue = "-",
            description = "The token; - or nothing for standard input.")
    private String given = "-";

    String text(InputStream in) throws IOException {
        return text(given, in);
    }

    /** What an argument means, of which {@code -} is standard input. */
    static String text(String given, InputStream in) throws IOException {
        return given.equals("-")
                ? new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip()
                : given.strip();
    }
}
