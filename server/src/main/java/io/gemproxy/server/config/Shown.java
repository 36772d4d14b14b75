package io.gemproxy.server.config;

import java.util.regex.Pattern;

/** Decides which words of a configuration may be repeated in a message. */
final class Shown {
    static final String MASK = "****";

    private static final Pattern HARMLESS_VALUE =
            Pattern.compile("[-+]?[0-9][0-9_.,:+-]{0,19}|[A-Za-z][A-Za-z_ -]{0,21}[0-9]{0,2}|[~]?");
    private static final Pattern HARMLESS_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,31}");
    private static final Pattern KEY_LIKE = Pattern.compile("(?i)(AIza|AQ\\.|eyJ|sk-|ya29).*");

    private Shown() {}

    /** A value in quotes if it cannot be a secret put in the wrong place, else a mask. */
    static String value(String raw) {
        return isHarmless(raw) ? '"' + raw + '"' : MASK;
    }

    static boolean isHarmless(String raw) {
        return HARMLESS_VALUE.matcher(raw).matches() && !looksLikeKey(raw);
    }

    /** A key's name, unless it may be a secret that slipped to the left of the colon. */
    static String name(String raw) {
        return HARMLESS_NAME.matcher(raw).matches() && !looksLikeKey(raw) ? raw : MASK;
    }

    /** Whether a text begins as API keys and tokens do. */
    static boolean looksLikeKey(String raw) {
        return KEY_LIKE.matcher(raw).matches();
    }
}
