package io.gemproxy.server.config;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Says of a node that it does not fit the table of settings, and what would. */
final class Misfits {
    private static final int MOST_NAMES = 12;

    private final SourceText source;
    private final Report report;

    Misfits(SourceText source, Report report) {
        this.source = source;
        this.report = report;
    }

    void duplicate(String path, ScalarNode key, int firstLine) {
        String name = Shown.name(key.getValue());
        report.add(
                Rule.DUPLICATE_KEY,
                Excerpts.key(source, key, name),
                Settings.join(path, name),
                "is given twice; first at line " + firstLine,
                "keep one of the two");
    }

    void unknown(String path, String schemaPath, String name, Node key) {
        if (name.equals("<<")) {
            report.add(
                    Rule.UNKNOWN_KEY,
                    Excerpts.key(source, key, name),
                    Settings.join(path, name),
                    "merges are not part of this file",
                    "write the keys out");
            return;
        }
        String shown = Shown.name(name);
        List<String> names = Settings.namesIn(schemaPath);
        Optional<String> near = Suggestion.nearest(name, names);
        near.ifPresent(it -> report.meant(Settings.join(path, it)));
        report.add(
                Rule.UNKNOWN_KEY,
                Excerpts.key(source, key, shown),
                Settings.join(path, shown),
                "is not a known key" + (path.isEmpty() ? "" : " of " + path),
                nested(path, name)
                        .or(() -> near.map(it -> "did you mean " + it + "?"))
                        .or(() -> elsewhere(name))
                        .orElse(keysOf("known here: ", names)));
    }

    /** All of them, where they are few enough to be read. */
    static String keysOf(String phrase, List<String> names) {
        return names.size() > MOST_NAMES
                ? "see proxy.yaml.example for its keys"
                : phrase + String.join(", ", names);
    }

    /** A whole path where a name belongs, as {@code --set} and other products write it. */
    private static Optional<String> nested(String path, String name) {
        String whole = Settings.join(path, name);
        int dot = name.lastIndexOf('.');
        return Settings.find(whole)
                .filter(_ -> dot > 0)
                .map(it ->
                        "write "
                                + name.substring(0, dot).replace(".", ": ")
                                + ": and "
                                + it.name()
                                + ": under it");
    }

    private Optional<String> elsewhere(String name) {
        List<Setting> homes =
                Settings.all().stream()
                        .filter(setting -> !setting.inList() && setting.name().equals(name))
                        .toList();
        homes.forEach(home -> report.meant(home.path()));
        return homes.size() == 1
                ? Optional.of("did you mean " + homes.getFirst().path() + "?")
                : Optional.empty();
    }

    void wrong(Node node, String path, String what, String fix) {
        Place place = new Place(source.name(), Excerpts.line(node), Excerpts.column(node));
        report.add(Rule.WRONG_TYPE, new Spot(place, Optional.empty()), path, what, fix);
    }

    /** A single value is shown itself, a list or section by its key. */
    void wrongValue(Node key, Node value, String path, String what, String fix) {
        Spot spot =
                value instanceof ScalarNode
                        ? Excerpts.value(source, lastName(path), value, shownNode(value))
                        : keySpot(key);
        report.add(Rule.WRONG_TYPE, spot, path, what, fix);
    }

    private static String shownNode(Node node) {
        return node instanceof ScalarNode scalar && Shown.isHarmless(scalar.getValue())
                ? written(scalar)
                : Shown.MASK;
    }

    Spot keySpot(Node key) {
        String name = key instanceof ScalarNode scalar ? Shown.name(scalar.getValue()) : "";
        return Excerpts.key(source, key, name);
    }

    static String word(Node node) {
        return switch (node) {
            case MappingNode _ -> "a section";
            case SequenceNode _ -> "a list";
            default -> "a single value";
        };
    }

    static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    void notAnEntry(String list, String path, Node entry) {
        List<String> names = Settings.namesIn(list + "[]");
        String first = names.getFirst();
        String second = names.get(1);
        report.meant(path + "." + first);
        report.meant(path + "." + second);
        wrong(
                entry,
                path,
                "must be an entry with " + first + " and " + second + ", not " + word(entry),
                "write - " + first + ": NAME and under it " + second + ": VALUE");
    }

    static String written(ScalarNode scalar) {
        return scalar.isPlain() ? scalar.getValue() : '"' + scalar.getValue() + '"';
    }
}
