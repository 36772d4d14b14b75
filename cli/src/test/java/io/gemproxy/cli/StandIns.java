package io.gemproxy.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the manual shows in place of what is different in each run: ports, ids, directories. A
 * command of the manual may name them, so they are put in both ways.
 */
final class StandIns {
    private final Map<String, String> shownByReal = new LinkedHashMap<>();

    /** From now on the one stands for the other. */
    void show(String real, String shown) {
        shownByReal.put(real, shown);
    }

    /** A command of the manual as it can be run. */
    String real(String shown) {
        String text = shown;
        for (var pair : shownByReal.entrySet()) {
            text = text.replaceAll(whole(pair.getValue()), pair.getKey());
        }
        return text;
    }

    /** What a run printed, as the manual has it; columns keep their places. */
    String shown(String real) {
        String text = real;
        for (var pair : shownByReal.entrySet()) {
            String shown = pair.getValue();
            int narrower = Math.max(0, pair.getKey().length() - shown.length());
            text =
                    text.replaceAll(whole(pair.getKey()) + "(?= {2})", shown + " ".repeat(narrower))
                            .replaceAll(whole(pair.getKey()), shown);
        }
        return text.replaceAll("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+", "eyJ…")
                .replaceAll("\\b(gps?_)[\\w-]{20,}", "$1…")
                .replaceAll("\\bsha256:[0-9a-f]{64}", "sha256:…")
                .replaceAll("\\b(?:[0-9A-F]{2}:){31}[0-9A-F]{2}", "9C:57:BC:…")
                .replaceAll("\\bintact: \\d+ records, 1 to \\d+", "intact: 37 records, 1 to 37")
                .replaceAll("(?m)^(HOSTS .*0:1)(, \\S+)?$", "$1, gw1")
                .replaceAll("(?m)^(CPU|MEMORY|HEAP|THREADS|DESCRIPTORS)( +).*$", "$1$2…");
    }

    private static String whole(String text) {
        return "(?<![A-Za-z0-9])" + Pattern.quote(text) + "(?![A-Za-z0-9])";
    }
}
