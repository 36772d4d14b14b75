package io.gemproxy.server.config;

import java.util.regex.Pattern;

/** Decides which words of a configuration may be repeated in a message. */
final class Shown {
    static final String MASK = "****";

    private static final String NUMBER = "[-+]?[0-9][0-9_.,:+-]{0,19}";
    private static final String AMOUNT = "[0-9]{1,9} ?[A-Za-z]{1,3}";
    private static final String REFERENCE = "\\$\\{[A-Z][A-Z0-9_]{0,31}}";
    private static final String FILE = "[a-z0-9_/.-]{1,40}\\.(yaml|yml|pem|log)";
    private static final String ADDRESS =
            "[a-z]{2,6}://[a-z.-]{1,60}(:[0-9]{1,5})?(/[a-z0-9]{1,8})?/?";
    private static final Pattern HARMLESS_VALUE =
            Pattern.compile(String.join("|", NUMBER, AMOUNT, REFERENCE, FILE, ADDRESS, "~?"));
    private static final Pattern NAME_LIKE = Pattern.compile("[A-Za-z][A-Za-z_-]{0,21}[0-9]{0,2}");
    private static final Pattern HARMLESS_NAME =
            Pattern.compile("<<|[A-Za-z][A-Za-z0-9_.\\[\\]-]{0,47}");
    private static final Pattern KEY_LIKE =
            Pattern.compile("(?i)(AIza|AQ\\.|eyJ|sk-|ya29|gps?_).*");

    private static final Pattern KEY_INSIDE =
            Pattern.compile("(?<![A-Za-z0-9_-])(AIza|AQ\\.|eyJ|ya29\\.|gps?_)[A-Za-z0-9_.-]{16,}");

    private static final Pattern TOKEN =
            Pattern.compile("eyJ[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");

    private Shown() {}

    /** A value in quotes if it cannot be a secret put in the wrong place, else a mask. */
    static String value(String raw) {
        return isHarmless(raw) ? '"' + raw + '"' : MASK;
    }

    /** A number, a path, an address, or a word that settings know, or nearly; no other word. */
    static boolean isHarmless(String raw) {
        return (HARMLESS_VALUE.matcher(raw).matches() || Vocabulary.knows(raw))
                && !looksLikeKey(raw);
    }

    /** The same for the value of a setting, which may be one that names things by any word. */
    static boolean isHarmless(String raw, Kind kind) {
        return isHarmless(raw) || (names(kind) && isName(raw) && !looksLikeKey(raw));
    }

    private static boolean isName(String raw) {
        return NAME_LIKE.matcher(raw).matches();
    }

    private static boolean names(Kind kind) {
        return switch (kind) {
            case Kind.Host _, Kind.Name _, Kind.ClientName _ -> true;
            default -> false;
        };
    }

    /** A key's name, unless it may be a secret that slipped to the left of the colon. */
    static String name(String raw) {
        boolean harmless = HARMLESS_NAME.matcher(raw).matches();
        return harmless && !looksLikeKey(raw) && !containsKey(raw) ? raw : MASK;
    }

    /** Whether an API key or token stands anywhere in a text. */
    static boolean containsKey(String raw) {
        return KEY_INSIDE.matcher(raw).find();
    }

    /** Whether a text has the form of a JWT (RFC 7519): three parts of base64url, JSON first. */
    static boolean isToken(String raw) {
        return TOKEN.matcher(raw.strip()).matches();
    }

    /** Whether a text begins as API keys and tokens do. */
    static boolean looksLikeKey(String raw) {
        return KEY_LIKE.matcher(raw).matches();
    }
}
