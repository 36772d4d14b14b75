package io.gemproxy.server.usage;

import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.TokenUsage;
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
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Google's prices by model and day, as a dated file in this program tells them. */
public final class PriceTable {
    private static final String SHIPPED = "prices.yaml";

    /** Dollars per million tokens are millionths of a dollar per token. */
    private static final int DOLLARS_PER_MILLION_TO_PICODOLLARS = 6;

    private static final long PICODOLLARS_IN_A_MICRODOLLAR = 1_000_000;

    /** Numbers and dates that Google adds to the names of the same model. */
    private static final Pattern VERSION =
            Pattern.compile("-(\\d{3}|preview-\\d\\d-(\\d{4}|\\d\\d))");

    private final LocalDate asOf;
    private final Map<String, List<TokenPrice>> models;

    private PriceTable(LocalDate asOf, Map<String, List<TokenPrice>> models) {
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

    /** The price of a model's tokens on a day; empty if the table does not know the model. */
    Optional<TokenPrice> of(ModelName model, LocalDate day) {
        List<TokenPrice> times = models.get(model.value());
        if (times == null) {
            times = models.get(VERSION.matcher(model.value()).replaceFirst(""));
        }
        return times == null
                ? Optional.empty()
                : times.stream()
                        .filter(price -> !price.from().isAfter(day))
                        .reduce((_, later) -> later);
    }

    /**
     * What an answer cost at Google's Standard price, in millionths of a US dollar, rounded up;
     * empty if the table does not know the model.
     *
     * @param day of the answer
     */
    public OptionalLong microdollars(ModelName model, LocalDate day, TokenUsage tokens) {
        Optional<TokenPrice> price = of(model, day);
        return price.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        Math.ceilDiv(price.get().cost(tokens), PICODOLLARS_IN_A_MICRODOLLAR));
    }

    private static PriceTable read(InputStream file) {
        Map<?, ?> all =
                (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(file);
        Map<String, List<TokenPrice>> models = new HashMap<>();
        map(all.get("models")).forEach((name, times) -> models.put(name.toString(), prices(times)));
        return new PriceTable(LocalDate.parse(text(all, "as_of")), Map.copyOf(models));
    }

    private static List<TokenPrice> prices(Object times) {
        List<TokenPrice> prices = new ArrayList<>();
        for (Object time : (List<?>) times) {
            prices.add(price(map(time)));
        }
        return List.copyOf(prices);
    }

    private static TokenPrice price(Map<?, ?> entry) {
        LocalDate from =
                entry.containsKey("from") ? LocalDate.parse(text(entry, "from")) : LocalDate.MIN;
        if (!entry.containsKey("above")) {
            return new TokenPrice(from, rate(entry), Long.MAX_VALUE, rate(entry));
        }
        Map<?, ?> above = map(entry.get("above"));
        return new TokenPrice(
                from, rate(entry), Long.parseLong(text(above, "prompt_tokens")), rate(above));
    }

    private static TokenPrice.Rate rate(Map<?, ?> entry) {
        return new TokenPrice.Rate(
                picodollars(text(entry, "input")),
                picodollars(text(entry, "cached_input")),
                picodollars(text(entry, "output")));
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
