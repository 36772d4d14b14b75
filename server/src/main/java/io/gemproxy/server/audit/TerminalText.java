package io.gemproxy.server.audit;

import java.util.regex.Pattern;

/** Makes text harmless to a terminal. */
final class TerminalText {
    private static final Pattern ESCAPES =
            Pattern.compile(
                    "(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]|\\x1b\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)?");

    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

    private TerminalText() {}

    static String strip(String text) {
        return CONTROLS.matcher(ESCAPES.matcher(text).replaceAll("")).replaceAll("");
    }
}
