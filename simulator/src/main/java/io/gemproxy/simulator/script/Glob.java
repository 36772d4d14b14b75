package io.gemproxy.simulator.script;

/** Text patterns in which * stands for any characters. */
final class Glob {
    private Glob() {}

    static boolean matches(String pattern, String text) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(text);
        }
        String before = pattern.substring(0, star);
        if (!text.startsWith(before)) {
            return false;
        }
        String rest = pattern.substring(star + 1);
        for (int from = before.length(); from <= text.length(); from++) {
            if (matches(rest, text.substring(from))) {
                return true;
            }
        }
        return false;
    }
}
