package io.gemproxy.server.usage;

import io.gemproxy.server.gemini.ModelName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Google's prices by model and day, as a dated file in this program tells them. */
public final class PriceTable {
    private static final String SHIPPED = "prices.yaml";

    /** Dollars per million tokens are millionths of a dollar per token. */
    private static final int DOLLARS_PER_MILLION_TO_PICODOLLARS = 6;

    /** Numbers and dates that Google adds to the names of the same model. */
    private static final Pattern VERSION =
            Pattern.compile("-(\\d{3}|preview-\\d\\d-(\\d{4}|\\d\\d))");

    private final LocalDate asOf;
    private final Map<String, List<InputPrice>> models;

    private PriceTable(LocalDate asOf, Map<String, List<InputPrice>> models) {
        this.asOf = asOf;
        this.models = models;
    }

    /** The table that comes with this version. */
    public static PriceTable shipped() {
        try (InputStream file = PriceTable.class.getResourceAsStream(SHIPPED)) {
            if (file == null) {
                throw new IllegalStateException(SHIPPED + " is missing");
            }
            return read(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The day on which the prices were looked up. */
    public LocalDate asOf() {
        return asOf;
    }

    /** The price of a model's input on a day; empty if the table does not know the model. */
    Optional<InputPrice> of(ModelName model, LocalDate day) {
        List<InputPrice> times = models.get(model.value());
        if (times == null) {
            times = models.get(VERSION.matcher(model.value()).replaceFirst(""));
        }
        return times == null
                ? Optional.empty()
                : times.stream()
                        .filter(price -> !price.from().isAfter(day))
                        .reduce((_, later) -> later);
    }

    private static PriceTable read(InputStream file) {
        Map<?, ?> all =
                (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(file);
        Map<String, List<InputPrice>> models = new HashMap<>();
        map(all.get("models")).forEach((name, times) -> models.put(name.toString(), prices(times)));
        return new PriceTable(LocalDate.parse(text(all, "as_of")), Map.copyOf(models));
    }

    private static List<InputPrice> prices(Object times) {
        List<InputPrice> prices = new ArrayList<>();
        for (Object time : (List<?>) times) {
            prices.add(price(map(time)));
        }
        return List.copyOf(prices);
    }

    private static InputPrice price(Map<?, ?> entry) {
        LocalDate from =
                entry.containsKey("from") ? LocalDate.parse(text(entry, "from")) : LocalDate.MIN;
        if (!entry.containsKey("above")) {
            return new InputPrice(from, rate(entry), Long.MAX_VALUE, rate(entry));
        }
        Map<?, ?> above = map(entry.get("above"));
        return new InputPrice(
                from, rate(entry), Long.parseLong(text(above, "prompt_tokens")), rate(above));
    }

    private static InputPrice.Rate rate(Map<?, ?> entry) {
        return new InputPrice.Rate(
                picodollars(text(entry, "input")), picodollars(text(entry, "cached_input")));
    }

    private static long picodollars(String dollarsPerMillion) {
        return new BigDecimal(dollarsPerMillion)
                .movePointRight(DOLLARS_PER_MILLION_TO_PICODOLLARS)
                .longValueExact();
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    private static String text(Map<?, ?> entry, String name) {
        return Objects.requireNonNull(entry.get(name), name).toString();
    }
}
