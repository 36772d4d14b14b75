package io.gemproxy.server.listener;

/**
 * Checks the value of a Host header: a name or address and perhaps a port, nothing else (RFC 9110
 * section 7.2).
 */
final class HostCheck {
    private static final int LONGEST = 255;
    private static final int HIGHEST_PORT = 65_535;

    private HostCheck() {}

    static void check(String host) throws WireViolationException {
        int port = host.startsWith("[") ? afterAddress(host) : afterName(host);
        if (port < 0 || host.length() > LONGEST || !portIsSane(host.substring(port))) {
            throw new WireViolationException(400, "malformed Host header");
        }
    }

    private static int afterName(String host) {
        int at = 0;
        while (at < host.length() && isNameCharacter(host.charAt(at))) {
            at++;
        }
        return at == 0 ? -1 : at;
    }

    private static int afterAddress(String host) {
        int close = host.indexOf(']');
        for (int i = 1; i < close; i++) {
            char c = host.charAt(i);
            if (Character.digit(c, 16) < 0 && c != ':' && c != '.') {
                return -1;
            }
        }
        return close < 3 ? -1 : close + 1;
    }

    private static boolean portIsSane(String rest) {
        if (rest.isEmpty()) {
            return true;
        }
        boolean digits = rest.length() > 1 && rest.length() <= 6 && rest.charAt(0) == ':';
        for (int i = 1; i < rest.length(); i++) {
            digits &= rest.charAt(i) >= '0' && rest.charAt(i) <= '9';
        }
        return digits && Integer.parseInt(rest.substring(1)) <= HIGHEST_PORT;
    }

    private static boolean isNameCharacter(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '.'
                || c == '-'
                || c == '_';
    }
}
