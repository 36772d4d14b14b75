package io.gemproxy.cli.server;

import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.TextTable;
import io.gemproxy.cli.server.Exposition.Family;
import io.gemproxy.cli.server.Exposition.Sample;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Metrics as a table and as JSON. */
final class MetricsTable {
    /** On every metric, and the same on each: Helidon's formatter adds it. */
    private static final String CONSTANT_LABEL = "scope";

    private static final int DECIMALS = 6;

    private MetricsTable() {}

    static List<String> lines(Exposition metrics) {
        TextTable table = TextTable.headed("METRIC", "LABELS", "VALUE");
        for (Family family : metrics.families()) {
            family.samples().stream()
                    .filter(sample -> !sample.isBucket())
                    .sorted(Comparator.comparing(MetricsTable::labels))
                    .forEach(sample -> table.row(sample.name(), labels(sample), value(sample)));
        }
        return table.lines();
    }

    static Map<String, Object> json(Exposition metrics) {
        return Map.of("metrics", metrics.families().stream().map(MetricsTable::json).toList());
    }

    private static Map<String, Object> json(Family family) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", family.name());
        json.put("type", family.type());
        json.put("help", family.help());
        json.put("samples", family.samples().stream().map(MetricsTable::json).toList());
        return json;
    }

    private static Map<String, Object> json(Sample sample) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", sample.name());
        json.put("labels", sample.labels());
        Optional<BigDecimal> number = number(sample.value());
        json.put("value", number.isPresent() ? number.get() : sample.value());
        return json;
    }

    private static String labels(Sample sample) {
        return sample.labels().entrySet().stream()
                .filter(label -> !label.getKey().equals(CONSTANT_LABEL))
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String value(Sample sample) {
        Optional<BigDecimal> number = number(sample.value());
        if (number.isEmpty()) {
            return sample.value();
        }
        String name = sample.name().replaceFirst("_(sum|max|total)$", "");
        if (name.endsWith("_bytes")) {
            return Humane.bytes(number.get().doubleValue());
        }
        return name.endsWith("_seconds")
                ? Humane.seconds(number.get().doubleValue())
                : plain(number.get());
    }

    private static String plain(BigDecimal number) {
        BigDecimal shown =
                number.scale() > DECIMALS
                        ? number.setScale(DECIMALS, RoundingMode.HALF_UP)
                        : number;
        return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    }

    /** Empty for NaN and the infinities. */
    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }
}
