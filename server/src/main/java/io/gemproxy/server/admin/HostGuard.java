package io.gemproxy.server.admin;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Against DNS rebinding: a page in the operator's browser can make any name of its own point to
 * 127.0.0.1, but not make the browser call it {@code localhost}. A listener on loopback therefore
 * answers only to loopback names.
 */
final class HostGuard {
    private static final Pattern LOOPBACK_V4 =
            Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(?::\\d{1,5})?");

    private final String bound;

    /**
     * @param boundHost {@code admin.host}
     */
    HostGuard(String boundHost) {
        bound = bare(boundHost);
    }

    /** Whether a request with this {@code Host} is meant for us. */
    boolean admits(String authority) {
        if (!loopback(bound)) {
            return true;
        }
        var matcher = AUTHORITY.matcher(authority);
        return matcher.matches() && admitsName(bare(matcher.group(1)));
    }

    private boolean admitsName(String host) {
        return loopback(host) || host.equals(bound);
    }

    private static boolean loopback(String host) {
        return host.equals("localhost")
                || host.equals("::1")
                || LOOPBACK_V4.matcher(host).matches();
    }

    private static String bare(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") && lower.endsWith("]")
                ? lower.substring(1, lower.length() - 1)
                : lower;
    }
}
