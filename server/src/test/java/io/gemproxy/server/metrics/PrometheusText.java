package io.gemproxy.server.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A strict reader of the Prometheus text format 0.0.4: refuses what promtool would. */
public record PrometheusText(Map<String, String> types, Map<Sample, Double> samples) {
    private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) .*");
    private static final Pattern TYPE =
            Pattern.compile(
                    "# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\",?");
    private static final Set<String> HISTOGRAM_SUFFIXES = Set.of("_bucket", "_count", "_sum");

    /** A name with its labels. */
    public record Sample(String name, Map<String, String> labels) {}

    public static PrometheusText parse(String text) {
        PrometheusText read = new PrometheusText(new LinkedHashMap<>(), new LinkedHashMap<>());
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("the last line has no end");
        }
        text.lines().filter(line -> !line.isEmpty()).forEach(read::line);
        read.checkHistograms();
        return read;
    }

    /** The value of the one sample with this name and at least these labels. */
    public double value(String name, String... labels) {
        return samples.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .filter(entry -> has(entry.getKey().labels(), labels))
                .map(Map.Entry::getValue)
                .reduce((a, b) -> {
                    throw new IllegalStateException("more than one " + name);
                })
                .orElseThrow(() -> new IllegalStateException("no " + name));
    }

    /** How many samples have this name. */
    public long series(String name) {
        return samples.keySet().stream().filter(sample -> sample.name().equals(name)).count();
    }

    private static boolean has(Map<String, String> labels, String... wanted) {
        for (int i = 0; i < wanted.length; i += 2) {
            if (!wanted[i + 1].equals(labels.get(wanted[i]))) {
                return false;
            }
        }
        return true;
    }

    private void line(String line) {
        if (line.startsWith("# HELP")) {
            matched(HELP, line);
        } else if (line.startsWith("# TYPE")) {
            Matcher type = matched(TYPE, line);
            if (types.put(type.group(1), type.group(2)) != null) {
                throw new IllegalArgumentException("two types: " + line);
            }
        } else {
            sample(line);
        }
    }

    private void sample(String line) {
        Matcher sample = matched(SAMPLE, line);
        String labels = sample.group(2);
        Sample key = new Sample(sample.group(1), labels == null ? Map.of() : labels(labels));
        requireFamily(key);
        double value = Double.parseDouble(sample.group(3).replace("+Inf", "Infinity"));
        if (samples.put(key, value) != null) {
            throw new IllegalArgumentException("twice: " + line);
        }
    }

    private void requireFamily(Sample sample) {
        String name = sample.name();
        String family =
                HISTOGRAM_SUFFIXES.stream()
                        .filter(name::endsWith)
                        .map(suffix -> name.substring(0, name.length() - suffix.length()))
                        .filter(base -> "histogram".equals(types.get(base)))
                        .findFirst()
                        .orElse(name);
        if (!types.containsKey(family)) {
            throw new IllegalArgumentException("no type: " + name);
        }
        if (family.equals(name) && "histogram".equals(types.get(name))) {
            throw new IllegalArgumentException("a histogram has no plain sample: " + sample);
        }
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (label.lookingAt()) {
            if (labels.put(label.group(1), label.group(2)) != null) {
                throw new IllegalArgumentException("label twice: " + text);
            }
            end = label.end();
            label.region(end, text.length());
        }
        if (end != text.length()) {
            throw new IllegalArgumentException("bad labels: " + text);
        }
        return labels;
    }

    private void checkHistograms() {
        types.forEach((name, type) -> {
            if (type.equals("histogram") && series(name + "_count") == 0) {
                throw new IllegalArgumentException("histogram without count: " + name);
            }
        });
    }

    private static Matcher matched(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not in the format: " + line);
        }
        return matcher;
    }
}
