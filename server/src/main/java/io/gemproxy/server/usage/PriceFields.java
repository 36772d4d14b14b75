package io.gemproxy.server.usage;

import io.gemproxy.server.usage.PricesConfig.Faults;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The keys of one mapping of a price list, taken one by one; what is left over is a fault. */
final class PriceFields {
    /** So that a long holds the price of as many tokens as are ever counted at once. */
    private static final BigDecimal DEAREST = BigDecimal.valueOf(1_000);

    private static final Pattern AMOUNT = Pattern.compile("\\d{1,4}(\\.\\d{1,9})?");

    private final Node whole;
    private final String path;
    private final Faults faults;
    private final Map<String, Node> left = new LinkedHashMap<>();

    PriceFields(Node whole, String path, Faults faults) {
        this.whole = whole;
        this.path = path;
        this.faults = faults;
        if (whole instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::note);
        } else {
            faults.found(whole, path, "must be keys with values", "as in docs/usage.md");
        }
    }

    private void note(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            faults.found(tuple.getKeyNode(), path, "a key must be a plain name", "use a name");
        } else if (left.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
            faults.found(key, at(key.getValue()), "is given twice", "keep one of them");
        }
    }

    /** The path of a key. */
    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    boolean holds(String name) {
        return left.containsKey(name);
    }

    Optional<Node> take(String name) {
        return Optional.ofNullable(left.remove(name));
    }

    /** The key that stands first; empty if there is none. */
    String firstName() {
        return left.isEmpty() ? "" : left.keySet().iterator().next();
    }

    /** What is left, each to be read by its own name. */
    Map<String, Node> takeAll() {
        Map<String, Node> all = new LinkedHashMap<>(left);
        left.clear();
        return all;
    }

    Optional<PriceFields> fields(String name) {
        return take(name).map(node -> new PriceFields(node, at(name), faults));
    }

    /** An amount of US dollars. */
    Optional<BigDecimal> amount(String name) {
        return take(name).flatMap(node -> amount(name, node));
    }

    Optional<BigDecimal> amount(String name, Node node) {
        String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        if (AMOUNT.matcher(text).matches()) {
            BigDecimal amount = new BigDecimal(text);
            if (amount.compareTo(DEAREST) <= 0) {
                return Optional.of(amount);
            }
        }
        faults.found(
                node,
                at(name),
                "must be a number from 0 to 1000 with at most nine decimals",
                "for example " + name + ": 0.75");
        return Optional.empty();
    }

    Optional<LocalDate> day(String name) {
        Optional<Node> node = take(name);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text(node.get())));
        } catch (DateTimeParseException noDay) {
            faults.found(
                    node.get(), at(name), "must be a day", "for example " + name + ": 2027-01-01");
            return Optional.empty();
        }
    }

    /** Says that something must be here. */
    void missing(String name, String fix) {
        faults.found(whole, at(name), "is missing", fix);
    }

    /** Reports each key that nobody took. */
    void end(String known) {
        left.forEach((name, node) ->
                faults.found(node, at(name), "is no key of a price list", "keys here: " + known));
        left.clear();
    }

    static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
