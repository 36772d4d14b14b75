package io.gemproxy.server.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Walks the nodes of a file along the table of settings and gathers its values. */
final class YamlWalk {
    private static final String MODELS = KeySettings.KEYS + "[].limits";

    /** The name of a model, or {@code *} for each that is not named. */
    static final Pattern MODEL = Pattern.compile("\\*|[A-Za-z0-9][A-Za-z0-9._/-]{0,127}");

    private final SourceText source;
    private final Leaves leaves;
    private final Misfits misfits;

    YamlWalk(SourceText source, Leaves leaves, Report report) {
        this.source = source;
        this.leaves = leaves;
        this.misfits = new Misfits(source, report);
    }

    /** A whole proxy.yaml. */
    void document(Node root) {
        if (root instanceof MappingNode mapping) {
            section("", "", mapping);
        } else if (!Misfits.isNothing(root)) {
            misfits.wrong(root, "", "the file must be sections with keys", "begin with server:");
        }
    }

    /** A keys.yaml: the list itself, or the key {@code api_keys} with the list. */
    void keysDocument(Node root) {
        switch (root) {
            case SequenceNode list -> entries(KeySettings.KEYS, list);
            case MappingNode mapping when holdsOnlyKeys(mapping) ->
                    child(KeySettings.KEYS, KeySettings.KEYS, mapping.getValue().getFirst());
            default ->
                    misfits.wrong(
                            root,
                            KeySettings.KEYS,
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
                    misfits.duplicate(path, key, first);
                } else {
                    named(path, schemaPath, key.getValue(), tuple);
                }
            } else {
                misfits.wrong(tuple.getKeyNode(), path, "a key must be a plain name", "use a name");
            }
        }
    }

    private void named(String path, String schemaPath, String name, NodeTuple tuple) {
        String childSchema = Settings.join(schemaPath, name);
        if (Settings.namesIn(schemaPath).contains(name)) {
            child(Settings.join(path, name), childSchema, tuple);
        } else {
            misfits.unknown(path, schemaPath, name, tuple.getKeyNode());
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
            leaves.section(path, misfits.keySpot(tuple.getKeyNode()));
            section(path, schemaPath, mapping);
        } else if (!Misfits.isNothing(value)) {
            misfits.wrongValue(
                    tuple.getKeyNode(),
                    value,
                    path,
                    "must be a section with keys, not " + Misfits.word(value),
                    Misfits.keysOf("its keys are ", Settings.namesIn(schemaPath)));
        }
    }

    /** The names of this section are the operator's: each is a model with limits of its own. */
    private void models(String path, MappingNode mapping) {
        Map<String, Integer> firstLines = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (!isModel(key) || !(tuple.getValueNode() instanceof MappingNode limits)) {
                misfits.wrong(
                        key,
                        path,
                        "must be models with limits",
                        "for example limits: {gemini-2.5-pro: {requests_per_minute: 5}}");
                continue;
            }
            ScalarNode name = (ScalarNode) key;
            Integer first = firstLines.putIfAbsent(name.getValue(), Excerpts.line(name));
            if (first == null) {
                section(path + "[" + name.getValue() + "]", KeySettings.LIMITS, limits);
            } else {
                misfits.duplicate(path, name, first);
            }
        }
    }

    /** An API key is none, though it has the form: paths are shown. */
    private static boolean isModel(Node key) {
        return key instanceof ScalarNode name
                && MODEL.matcher(name.getValue()).matches()
                && !Shown.looksLikeKey(name.getValue());
    }

    private void list(String path, Node key, Node value) {
        if (value instanceof SequenceNode sequence) {
            entries(path, sequence);
        } else if (!Misfits.isNothing(value)) {
            misfits.wrongValue(
                    key,
                    value,
                    path,
                    "must be a list, not " + Misfits.word(value),
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
                misfits.notAnEntry(list, path, entry);
            }
        }
    }

    private void leaf(String path, Setting setting, Node key, Node value) {
        switch (value) {
            case ScalarNode scalar -> scalar(path, setting, scalar);
            case SequenceNode list when setting.kind().isList() -> texts(path, setting, key, list);
            default ->
                    misfits.wrongValue(
                            key,
                            value,
                            path,
                            "must be " + setting.kind().phrase() + ", not " + Misfits.word(value),
                            "for example " + setting.name() + ": " + setting.example());
        }
    }

    private void scalar(String path, Setting setting, ScalarNode scalar) {
        String text = scalar.getValue();
        boolean mayShow = !setting.secret() && Shown.isHarmless(text, setting.kind());
        Spot spot =
                Excerpts.value(
                        source,
                        setting.name(),
                        scalar,
                        mayShow ? Misfits.written(scalar) : Shown.MASK);
        Leaf.Form form = scalar.isPlain() ? Leaf.Form.of(scalar.getTag()) : Leaf.Form.TEXT;
        leaves.put(new Leaf(path, setting, text, form, spot, Layer.FILE));
    }

    private void texts(String path, Setting setting, Node key, SequenceNode list) {
        if (list.getValue().isEmpty()) {
            leaves.put(
                    new Leaf(path, setting, "", Leaf.Form.TEXT, misfits.keySpot(key), Layer.FILE));
        }
        int index = 0;
        for (Node item : list.getValue()) {
            if (item instanceof ScalarNode scalar) {
                scalar(path + "[" + index++ + "]", setting, scalar);
            } else {
                misfits.wrong(item, path, "must be a list of texts", "use plain texts");
            }
        }
    }
}
