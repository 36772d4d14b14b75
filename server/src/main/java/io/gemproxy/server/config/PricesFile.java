package io.gemproxy.server.config;

import io.gemproxy.server.usage.PricesConfig;
import io.gemproxy.server.usage.UsageConfig;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the operator's own prices, with the same care as the configuration. */
final class PricesFile {
    private static final String KEY = "usage.prices_file";

    private final Report report;

    PricesFile(Report report) {
        this.report = report;
    }

    /** The prices of this version, with those of the file on top if one is named. */
    UsageConfig read(ConfigRequest request, Leaves leaves) {
        PricesConfig shipped = PricesConfig.shipped();
        return new UsageConfig(
                leaves.find(KEY)
                        .filter(leaf -> !leaf.isBlank())
                        .flatMap(leaf -> SourceFile.read(request, leaf, report))
                        .flatMap(file -> overridden(shipped, file.text()))
                        .orElse(shipped));
    }

    private Optional<PricesConfig> overridden(PricesConfig shipped, SourceText file) {
        Optional<Node> root = new YamlGuard(file, report).read();
        return root.map(node ->
                shipped.overriddenBy(
                        node,
                        (at, path, what, fix) ->
                                report.add(Rule.PRICE_LIST, spot(file, at), path, what, fix)));
    }

    private static Spot spot(SourceText file, Node at) {
        return new Spot(
                new Place(file.name(), Excerpts.line(at), Excerpts.column(at)), Optional.empty());
    }
}
