package io.gemproxy.cli.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Metrics in the text format of Prometheus (0.0.4), read.
 *
 * @param families in their order
 */
record Exposition(List<Family> families) {
    private static final Pattern ABOUT =
            Pattern.compile("# (HELP|TYPE) ([A-Za-z_:][A-Za-z0-9_:]*) ?(.*)");
    private static final Pattern SAMPLE =
            Pattern.compile("([A-Za-z_:][A-Za-z0-9_:]*)\\s*(?:\\{(.*)})?\\s+(\\S+)(?:\\s+-?\\d+)?");
    private static final Pattern LABEL =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=\"((?:[^\"\\\\]++|\\\\.)*+)\"");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");
    private static final List<String> SUFFIXES =
            List.of("", "_total", "_bucket", "_sum", "_count", "_created");

    /**
     * One metric.
     *
     * @param name without the suffix of its samples
     * @param type {@code counter}, {@code gauge}, {@code histogram}, {@code summary} or {@code
     *     untyped}
     * @param help what it counts
     * @param samples its values
     */
    record Family(String name, String type, String help, List<Sample> samples) {}

    /**
     * One value.
     *
     * @param name with its suffix
     * @param labels in their order
     * @param value as it was written
     */
    record Sample(String name, Map<String, String> labels, String value) {
        boolean isBucket() {
            return name.endsWith("_bucket") && labels.containsKey("le");
        }
    }

    /** Reads what is one; lines of another form are passed over. */
    static Exposition of(String text) {
        Map<String, String> helps = new HashMap<>();
        Map<String, String> types = new HashMap<>();
        Map<String, List<Sample>> families = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            Matcher about = ABOUT.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (about.matches()) {
                (about.group(1).equals("HELP") ? helps : types)
                        .put(about.group(2), plain(about.group(3)));
            } else if (sample.matches()) {
                families.computeIfAbsent(family(sample.group(1), types), _ -> new ArrayList<>())
                        .add(sample(sample));
            }
        }
        List<Family> all = new ArrayList<>();
        families.forEach((name, samples) ->
                all.add(
                        new Family(
                                name,
                                types.getOrDefault(name, "untyped"),
                                helps.getOrDefault(name, ""),
                                List.copyOf(samples))));
        return new Exposition(List.copyOf(all));
    }

    private static String family(String sample, Map<String, String> types) {
        for (String suffix : SUFFIXES) {
            String name = sample.substring(0, Math.max(0, sample.length() - suffix.length()));
            if (sample.endsWith(suffix) && types.containsKey(name)) {
                return name;
            }
        }
        return sample;
    }

    private static Sample sample(Matcher sample) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (sample.group(2) != null) {
            LABEL.matcher(sample.group(2))
                    .results()
                    .forEach(label -> labels.put(label.group(1), plain(label.group(2))));
        }
        return new Sample(sample.group(1), labels, sample.group(3));
    }

    private static String plain(String escaped) {
        return ESCAPED.matcher(escaped)
                .replaceAll(found ->
                        found.group(1).equals("n")
                                ? " "
                                : Matcher.quoteReplacement(found.group(1)));
    }
}
