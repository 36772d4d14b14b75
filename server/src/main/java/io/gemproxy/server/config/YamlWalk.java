package io.gemproxy.server.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Walks the nodes of a file along the table of settings and gathers its values. */
final class YamlWalk {
    private static final String MODELS = Settings.KEYS + "[].limits";

    /** The name of a model, or {@code *} for each that is not named. */
    private static final Pattern MODEL = Pattern.compile("\\*|[A-Za-z0-9][A-Za-z0-9._/-]{0,127}");

    private final SourceText source;
    private final Leaves leaves;
    private final Report report;

    YamlWalk(SourceText source, Leaves leaves, Report report) {
        this.source = source;
        this.leaves = leaves;
        this.report = report;
    }

    /** A whole proxy.yaml. */
    void document(Node root) {
        if (root instanceof MappingNode mapping) {
            section("", "", mapping);
        } else if (!isNothing(root)) {
            wrong(root, "", "the file must be sections with keys", "begin with server:");
        }
    }

    /** A keys.yaml: the list itself, or the key {@code api_keys} with the list. */
    void keysDocument(Node root) {
        switch (root) {
            case SequenceNode list -> entries(Settings.KEYS, list);
            case MappingNode mapping when holdsOnlyKeys(mapping) ->
                    child(Settings.KEYS, Settings.KEYS, mapping.getValue().getFirst());
            default ->
                    wrong(
                            root,
                            Settings.KEYS,
                            "the file must be the list of keys",
                            "begin each entry with - id:");
        }
    }

    private static boolean holdsOnlyKeys(MappingNode mapping) {
        return mapping.getValue().size() == 1
                && mapping.getValue().getFirst().getKeyNode() instanceof ScalarNode key
                && key.getValue().equals("api_keys");
    }

    private void section(String path, String schemaPath, MappingNode mapping) {
        Map<String, Integer> firstLines = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                Integer first = firstLines.putIfAbsent(key.getValue(), Excerpts.line(key));
                if (first != null) {
                    duplicate(path, key, first);
                } else {
                    named(path, schemaPath, key.getValue(), tuple);
                }
            } else {
                wrong(tuple.getKeyNode(), path, "a key must be a plain name", "use a name");
            }
        }
    }

    private void named(String path, String schemaPath, String name, NodeTuple tuple) {
        String childSchema = join(schemaPath, name);
        if (Settings.namesIn(schemaPath).contains(name)) {
            child(join(path, name), childSchema, tuple);
        } else {
            unknown(path, schemaPath, name, tuple.getKeyNode());
        }
    }

    private void child(String path, String schemaPath, NodeTuple tuple) {
        Node value = tuple.getValueNode();
        Optional<Setting> setting = Settings.find(schemaPath);
        if (setting.isPresent()) {
            leaf(path, setting.get(), tuple.getKeyNode(), value);
        } else if (Settings.isList(schemaPath)) {
            list(path, tuple.getKeyNode(), value);
        } else if (schemaPath.equals(MODELS) && value instanceof MappingNode mapping) {
            models(path, mapping);
        } else if (value instanceof MappingNode mapping) {
            leaves.section(path, keySpot(tuple.getKeyNode()));
            section(path, schemaPath, mapping);
        } else if (!isNothing(value)) {
            wrongValue(
                    tuple.getKeyNode(),
                    value,
                    path,
                    "must be a section with keys, not " + word(value),
                    "its keys are " + String.join(", ", Settings.namesIn(schemaPath)));
        }
    }

    /** The names of this section are the operator's: each is a model with limits of its own. */
    private void models(String path, MappingNode mapping) {
        Map<String, Integer> firstLines = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            boolean isModel =
                    key instanceof ScalarNode name && MODEL.matcher(name.getValue()).matches();
            if (!isModel || !(tuple.getValueNode() instanceof MappingNode limits)) {
                wrong(
                        key,
                        path,
                        "must be models with limits",
                        "for example limits: {gemini-2.5-pro: {requests_per_minute: 5}}");
                continue;
            }
            ScalarNode name = (ScalarNode) key;
            Integer first = firstLines.putIfAbsent(name.getValue(), Excerpts.line(name));
            if (first == null) {
                section(path + "[" + name.getValue() + "]", Settings.LIMITS, limits);
            } else {
                duplicate(path, name, first);
            }
        }
    }

    private void list(String path, Node key, Node value) {
        if (value instanceof SequenceNode sequence) {
            entries(path, sequence);
        } else if (!isNothing(value)) {
            wrongValue(
                    key,
                    value,
                    path,
                    "must be a list, not " + word(value),
                    "begin each entry with - " + Settings.nameOfEntries(path) + ":");
        }
    }

    private void entries(String list, SequenceNode sequence) {
        for (Node entry : sequence.getValue()) {
            Place place = new Place(source.name(), Excerpts.line(entry), Excerpts.column(entry));
            String path = leaves.beginEntry(list, new Spot(place, Optional.empty()));
            if (entry instanceof MappingNode mapping) {
                section(path, list + "[]", mapping);
            } else {
                notAnEntry(list, path, entry);
            }
        }
    }

    private void notAnEntry(String list, String path, Node entry) {
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

    private void leaf(String path, Setting setting, Node key, Node value) {
        switch (value) {
            case ScalarNode scalar -> scalar(path, setting, scalar);
            case SequenceNode list when setting.kind().isList() -> texts(path, setting, key, list);
            case SequenceNode list when setting.kind() instanceof Kind.Later ->
                    later(path, setting, key, list.getValue().isEmpty());
            case MappingNode map when setting.kind() instanceof Kind.Later ->
                    later(path, setting, key, map.getValue().isEmpty());
            default ->
                    wrongValue(
                            key,
                            value,
                            path,
                            "must be " + setting.kind().phrase() + ", not " + word(value),
                            "for example " + setting.name() + ": " + setting.example());
        }
    }

    private void later(String path, Setting setting, Node key, boolean empty) {
        if (!empty) {
            leaves.put(new Leaf(path, setting, "…", Leaf.Form.ANY, keySpot(key), Layer.FILE));
        }
    }

    private void scalar(String path, Setting setting, ScalarNode scalar) {
        String text = scalar.getValue();
        boolean mayShow = !setting.secret() && Shown.isHarmless(text);
        Spot spot =
                Excerpts.value(
                        source, setting.name(), scalar, mayShow ? written(scalar) : Shown.MASK);
        Leaf.Form form = scalar.isPlain() ? Leaf.Form.of(scalar.getTag()) : Leaf.Form.TEXT;
        leaves.put(new Leaf(path, setting, text, form, spot, Layer.FILE));
    }

    private static String written(ScalarNode scalar) {
        return scalar.isPlain() ? scalar.getValue() : '"' + scalar.getValue() + '"';
    }

    private void texts(String path, Setting setting, Node key, SequenceNode list) {
        if (list.getValue().isEmpty()) {
            leaves.put(new Leaf(path, setting, "", Leaf.Form.TEXT, keySpot(key), Layer.FILE));
        }
        int index = 0;
        for (Node item : list.getValue()) {
            if (item instanceof ScalarNode scalar) {
                scalar(path + "[" + index++ + "]", setting, scalar);
            } else {
                wrong(item, path, "must be a list of texts", "use plain texts");
            }
        }
    }

    private void duplicate(String path, ScalarNode key, int firstLine) {
        String name = Shown.name(key.getValue());
        report.add(
                Rule.DUPLICATE_KEY,
                Excerpts.key(source, key, name),
                join(path, name),
                "is given twice; first at line " + firstLine,
                "keep one of the two");
    }

    private void unknown(String path, String schemaPath, String name, Node key) {
        String shown = Shown.name(name);
        List<String> names = Settings.namesIn(schemaPath);
        Optional<String> near = Suggestion.nearest(name, names);
        near.ifPresent(it -> report.meant(join(path, it)));
        report.add(
                Rule.UNKNOWN_KEY,
                Excerpts.key(source, key, shown),
                join(path, shown),
                "is not a known key" + (path.isEmpty() ? "" : " of " + path),
                near.map(it -> "did you mean " + it + "?")
                        .or(() -> elsewhere(name))
                        .orElse("known here: " + String.join(", ", names)));
    }

    private Optional<String> elsewhere(String name) {
        List<Setting> homes =
                Settings.all().stream().filter(setting -> setting.name().equals(name)).toList();
        homes.forEach(home -> report.meant(home.path()));
        return homes.size() == 1
                ? Optional.of("did you mean " + homes.getFirst().path() + "?")
                : Optional.empty();
    }

    private void wrong(Node node, String path, String what, String fix) {
        Place place = new Place(source.name(), Excerpts.line(node), Excerpts.column(node));
        report.add(Rule.WRONG_TYPE, new Spot(place, Optional.empty()), path, what, fix);
    }

    /** A single value is shown itself, a list or section by its key. */
    private void wrongValue(Node key, Node value, String path, String what, String fix) {
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

    private Spot keySpot(Node key) {
        String name = key instanceof ScalarNode scalar ? Shown.name(scalar.getValue()) : "";
        return Excerpts.key(source, key, name);
    }

    private static String word(Node node) {
        return switch (node) {
            case MappingNode _ -> "a section";
            case SequenceNode _ -> "a list";
            default -> "a single value";
        };
    }

    private static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
