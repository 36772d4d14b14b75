package io.gemproxy.server.usage;

import io.gemproxy.server.gemini.Modality;
import io.gemproxy.server.gemini.ServiceTier;
import io.gemproxy.server.usage.PricesConfig.Faults;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the prices of one model in one time. */
final class ModelPriceReader {
    private static final String KEYS =
            "from, input, output, cached_input, cache_storage, above, factors, cached_factors,"
                    + " image, second";

    /** Dollars for a million tokens are millionths of a dollar for one. */
    private static final int MILLION_TO_PICODOLLARS = 6;

    /** The dearest token there may be: a thousand dollars a million. */
    private static final BigDecimal DEAREST = BigDecimal.valueOf(1_000_000_000);

    private final PriceFields fields;
    private final Node entry;
    private final String path;
    private final Faults faults;

    ModelPriceReader(PriceFields fields, Node entry, String path, Faults faults) {
        this.fields = fields;
        this.entry = entry;
        this.path = path;
        this.faults = faults;
    }

    ModelPrice read(TierFactors standard) {
        LocalDate from = fields.day("from").orElse(LocalDate.MIN);
        TierFactors factors = factors("factors", standard);
        TierFactors cachedFactors = factors("cached_factors", factors);
        OptionalLong storage = number(fields.amount("cache_storage").map(this::rate));
        OptionalLong image = number(fields.amount("image").map(PriceReader::picodollars));
        Map<String, Long> seconds = seconds();
        boolean named = fields.holds("input");
        TokenRates rates = rates(fields);
        if (!named && image.isEmpty() && seconds.isEmpty()) {
            fields.missing("input", "a price for a million tokens, as input: 0.75");
        }
        Map<ServiceTier, TokenRates> usual = tiers(rates, factors, cachedFactors);
        Optional<PriceFields> longer = fields.fields("above");
        ModelPrice price =
                longer.map(above ->
                                new ModelPrice(
                                        from,
                                        usual,
                                        tokens(above),
                                        tiers(rates(above), factors, cachedFactors),
                                        storage,
                                        image,
                                        seconds))
                        .orElseGet(() ->
                                new ModelPrice(
                                        from,
                                        usual,
                                        Long.MAX_VALUE,
                                        usual,
                                        storage,
                                        image,
                                        seconds));
        longer.ifPresent(above -> above.end("prompt_tokens, input, output, cached_input"));
        fields.end(KEYS);
        return price;
    }

    private TierFactors factors(String name, TierFactors standard) {
        return fields.fields(name).map(FactorReader::read).map(standard::with).orElse(standard);
    }

    private Map<String, Long> seconds() {
        Map<String, Long> seconds = new LinkedHashMap<>();
        fields.fields("second")
                .ifPresent(by ->
                        by.takeAll()
                                .forEach((resolution, node) ->
                                        by.amount(resolution, node)
                                                .ifPresent(amount ->
                                                        seconds.put(
                                                                resolution,
                                                                PriceReader.picodollars(amount)))));
        return Collections.unmodifiableMap(seconds);
    }

    private long tokens(PriceFields above) {
        Optional<Node> node = above.take("prompt_tokens");
        String text = node.map(PriceFields::text).orElse("");
        if (text.matches("[1-9]\\d{0,9}")) {
            return Long.parseLong(text);
        }
        faults.found(
                node.orElse(entry),
                above.at("prompt_tokens"),
                "must be a number of tokens",
                "for example prompt_tokens: 200000");
        return Long.MAX_VALUE;
    }

    private TokenRates rates(PriceFields of) {
        Optional<ModalityRates> input = modalities(of, "input");
        Optional<ModalityRates> cached = modalities(of, "cached_input");
        return new TokenRates(input, cached.or(() -> input), modalities(of, "output"));
    }

    private Optional<ModalityRates> modalities(PriceFields of, String name) {
        Optional<Node> node = of.take(name);
        if (node.isEmpty() || !(node.get() instanceof MappingNode)) {
            return node.flatMap(it -> of.amount(name, it))
                    .map(amount -> ModalityRates.flat(rate(amount)));
        }
        PriceFields by = new PriceFields(node.get(), of.at(name), faults);
        String first = by.firstName();
        Map<Modality, Long> rates = new EnumMap<>(Modality.class);
        for (Modality modality : Modality.values()) {
            by.amount(modality.word()).ifPresent(amount -> rates.put(modality, rate(amount)));
        }
        by.end("text, image, audio, video, document");
        for (Map.Entry<Modality, Long> each : rates.entrySet()) {
            if (each.getKey().word().equals(first)) {
                return Optional.of(new ModalityRates(Map.copyOf(rates), each.getValue()));
            }
        }
        return Optional.empty();
    }

    private Map<ServiceTier, TokenRates> tiers(
            TokenRates rates, TierFactors factors, TierFactors cachedFactors) {
        Map<ServiceTier, TokenRates> tiers = new EnumMap<>(ServiceTier.class);
        for (ServiceTier tier : ServiceTier.values()) {
            BigDecimal factor = factors.factor(tier);
            BigDecimal cached = cachedFactors.factor(tier);
            tiers.put(
                    tier,
                    new TokenRates(
                            rates.input().map(it -> it.each(rate -> times(rate, factor))),
                            rates.cached().map(it -> it.each(rate -> times(rate, cached))),
                            rates.output().map(it -> it.each(rate -> times(rate, factor)))));
        }
        return Map.copyOf(tiers);
    }

    private long times(long rate, BigDecimal factor) {
        BigDecimal product = BigDecimal.valueOf(rate).multiply(factor).stripTrailingZeros();
        if (product.scale() > 0 || product.compareTo(DEAREST) > 0) {
            faults.found(
                    entry,
                    path + ".factors",
                    "gives a price of less than a picodollar's step, or over 1000 dollars",
                    "use fewer decimals");
            return rate;
        }
        return product.longValueExact();
    }

    /** Picodollars for a token. */
    private long rate(BigDecimal dollarsPerMillion) {
        BigDecimal rate = dollarsPerMillion.movePointRight(MILLION_TO_PICODOLLARS);
        if (rate.stripTrailingZeros().scale() > 0) {
            faults.found(
                    entry,
                    path,
                    "has a price with more than six decimals",
                    "prices are for a million tokens");
            return 0;
        }
        return rate.longValueExact();
    }

    private static OptionalLong number(Optional<Long> value) {
        return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
    }
}
