package io.gemproxy.cli.config.imports;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the assignments of an {@code .env} file: plain, quoted, and quoted over many lines. */
final class DotEnv {
    private static final Pattern ASSIGNMENT =
            Pattern.compile(
                    "(?m)^[ \\t]*(?:export[ \\t]+)?(?<name>[A-Za-z_][A-Za-z0-9_]*)[ \\t]*=[ \\t]*"
                            + "(?:'(?<single>[^']*)'|\"(?<double>(?:[^\"\\\\]|\\\\.)*)\""
                            + "|(?<plain>[^\\r\\n]*))");

    private DotEnv() {}

    /** The last assignment of each name, in the order of the file. */
    static Map<String, String> parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher found = ASSIGNMENT.matcher(text);
        while (found.find()) {
            values.put(found.group("name"), value(found));
        }
        return values;
    }

    private static String value(Matcher found) {
        if (found.group("single") != null) {
            return found.group("single");
        }
        if (found.group("double") != null) {
            return found.group("double").replaceAll("\\\\(.)", "$1");
        }
        return found.group("plain").replaceFirst("(^|\\s)#.*$", "").strip();
    }
}
