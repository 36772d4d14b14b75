package io.gemproxy.server.usage;

import io.gemproxy.server.usage.PricesConfig.Faults;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a price list strictly, and all of it, so that every fault is found at once. */
final class PriceReader {
    private static final String KEYS = "as_of, factors, grounding, file_search, aliases, models";
    private static final int WHOLE_TO_PICODOLLARS = 12;
    private static final long TOKENS = 1_000_000;

    private final Faults faults;
    private final TierFactors standard;

    /**
     * @param standard factors that hold where the list names none
     */
    PriceReader(Faults faults, TierFactors standard) {
        this.faults = faults;
        this.standard = standard;
    }

    PricesConfig read(Node root) {
        PriceFields all = new PriceFields(root, "", faults);
        Optional<LocalDate> day = all.day("as_of");
        if (day.isEmpty()) {
            all.missing("as_of", "the day the prices are of, as as_of: 2026-08-24");
        }
        TierFactors factors =
                all.fields("factors").map(FactorReader::read).map(standard::with).orElse(standard);
        Map<String, GroundingPrice> grounding = new LinkedHashMap<>();
        all.fields("grounding").ifPresent(fields -> grounding(fields, grounding));
        OptionalLong indexing =
                all.fields("file_search").map(PriceReader::indexing).orElse(OptionalLong.empty());
        Map<String, String> aliases = new LinkedHashMap<>();
        all.fields("aliases").ifPresent(fields -> aliases(fields, aliases));
        Map<String, List<ModelPrice>> models = new LinkedHashMap<>();
        all.fields("models").ifPresent(fields -> models(fields, factors, models));
        all.end(KEYS);
        return new PricesConfig(
                day.orElse(LocalDate.EPOCH).toString(),
                factors,
                Map.copyOf(models),
                Map.copyOf(aliases),
                Map.copyOf(grounding),
                indexing);
    }

    private void grounding(PriceFields fields, Map<String, GroundingPrice> prices) {
        fields.takeAll()
                .forEach((prefix, node) -> {
                    PriceFields one = new PriceFields(node, fields.at(prefix), faults);
                    GroundingPrice price =
                            new GroundingPrice(
                                    piece(one, "query"),
                                    piece(one, "prompt"),
                                    piece(one, "maps_query"));
                    one.end("query, prompt, maps_query");
                    prices.put(prefix, price);
                });
    }

    private static OptionalLong indexing(PriceFields fields) {
        Optional<BigDecimal> perMillion = fields.amount("indexing");
        fields.end("indexing");
        return perMillion
                .map(it -> OptionalLong.of(Math.ceilDiv(picodollars(it), TOKENS)))
                .orElse(OptionalLong.empty());
    }

    private static long piece(PriceFields fields, String name) {
        return fields.amount(name).map(PriceReader::picodollars).orElse(0L);
    }

    /** Of a whole amount. */
    static long picodollars(BigDecimal dollars) {
        return dollars.movePointRight(WHOLE_TO_PICODOLLARS).longValueExact();
    }

    private void aliases(PriceFields fields, Map<String, String> aliases) {
        fields.takeAll()
                .forEach((alias, node) -> {
                    String model = PriceFields.text(node);
                    if (model.isEmpty()) {
                        faults.found(
                                node,
                                fields.at(alias),
                                "must be the name of a model",
                                "alias: gemini-3.8-flash");
                    } else {
                        aliases.put(alias, model);
                    }
                });
    }

    private void models(
            PriceFields fields, TierFactors factors, Map<String, List<ModelPrice>> models) {
        fields.takeAll()
                .forEach(
                        (model, node) -> models.put(model, times(node, fields.at(model), factors)));
    }

    private List<ModelPrice> times(Node node, String path, TierFactors factors) {
        if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) {
            faults.found(node, path, "must be a list of prices", "begin each time with a dash");
            return List.of();
        }
        List<ModelPrice> times = new ArrayList<>();
        for (int i = 0; i < list.getValue().size(); i++) {
            Node entry = list.getValue().get(i);
            String at = path + "[" + i + "]";
            ModelPrice price =
                    new ModelPriceReader(new PriceFields(entry, at, faults), entry, at, faults)
                            .read(factors);
            boolean later = times.isEmpty() || price.from().isAfter(times.getLast().from());
            if (!later) {
                faults.found(
                        entry,
                        at + ".from",
                        "must be a day after that of the entry before",
                        "order the times by their first day");
            }
            times.add(price);
        }
        return List.copyOf(times);
    }
}
