package io.gemproxy.server.usage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A price list as it was read.
 *
 * @param version the day its prices are of, with {@code +own} if the operator gave some
 * @param factors of the tiers, for models that name none
 * @param models times of each model, in order
 * @param aliases other names of models
 * @param grounding by the beginning of the models' names
 * @param indexing picodollars for a token that is embedded for file search; empty if the list names
 *     no price
 */
public record PricesConfig(
        String version,
        TierFactors factors,
        Map<String, List<ModelPrice>> models,
        Map<String, String> aliases,
        Map<String, GroundingPrice> grounding,
        OptionalLong indexing) {
    private static final String SHIPPED = "prices.yaml";

    /** The list that comes with this version; it is read once. */
    public static PricesConfig shipped() {
        return Shipped.LIST;
    }

    private static PricesConfig read() {
        try (InputStream file = PricesConfig.class.getResourceAsStream(SHIPPED)) {
            if (file == null) {
                throw new IllegalStateException(SHIPPED + " is missing");
            }
            Node root =
                    new Compose(LoadSettings.builder().build())
                            .composeInputStream(file)
                            .orElseThrow();
            return new PriceReader(
                            (at, path, what, fix) -> {
                                throw new IllegalStateException(SHIPPED + ": " + path + " " + what);
                            },
                            TierFactors.NONE)
                    .read(root);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * This list with the operator's own on top: a model that is in both costs what the operator
     * says.
     *
     * @param root of the operator's file
     * @param faults is told of all that is wrong with it; what is wrong is left out
     */
    public PricesConfig overriddenBy(Node root, Faults faults) {
        PricesConfig own = new PriceReader(faults, factors).read(root);
        return new PricesConfig(
                own.version + "+own",
                own.factors,
                both(models, own.models),
                both(aliases, own.aliases),
                both(grounding, own.grounding),
                own.indexing.isPresent() ? own.indexing : indexing);
    }

    private static <V> Map<String, V> both(Map<String, V> ours, Map<String, V> theirs) {
        Map<String, V> all = new HashMap<>(ours);
        all.putAll(theirs);
        return Map.copyOf(all);
    }

    private static final class Shipped {
        static final PricesConfig LIST = read();
    }

    /** Is told what is wrong with a price list. */
    @FunctionalInterface
    public interface Faults {
        /**
         * One thing that is wrong.
         *
         * @param at where
         * @param path of the key, with dots
         * @param what is wrong
         * @param fix what would be right
         */
        void found(Node at, String path, String what, String fix);
    }
}
