package io.gemproxy.server.reload.writing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.server.config.ConfigFile;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.Place;
import io.gemproxy.server.config.SettingPlaces;
import io.gemproxy.server.config.edit.ConfigTree;
import io.gemproxy.server.config.edit.NotEditable;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * The list of keys in the file in which it is: a file of its own, or {@code proxy.yaml}.
 *
 * @param file that holds the list
 * @param values all values of that file
 * @param own whether it is a file of its own
 */
record KeyList(ConfigFile file, JsonNode values, boolean own) {
    /** Where the entries stand among the settings. */
    static final String PLACE = SettingPlaces.KEYS;

    /**
     * The list as it is on disk.
     *
     * @throws NotPossible if its file cannot be read as YAML
     */
    static KeyList of(DiskConfig disk) throws NotPossible {
        ConfigFile file = disk.keys().orElse(disk.main());
        JsonNode values =
                DiskConfig.values(file)
                        .orElseThrow(() ->
                                new NotPossible(
                                        WriteOutcome.Why.CONFLICT,
                                        "The file that holds the keys cannot be read; mend it on"
                                                + " the machine."));
        return new KeyList(file, values, disk.keys().isPresent());
    }

    /** The entries, as they stand there; none is an empty list. */
    JsonNode entries() {
        JsonNode list = own ? ConfigTree.list(values) : values.path("gemini").path("api_keys");
        return list.isArray() ? list : JsonNodeFactory.instance.arrayNode();
    }

    /** The same file with other entries. */
    KeyList with(JsonNode entries) throws NotEditable {
        JsonNode wanted = own && !isNamed() ? entries : within(entries);
        ConfigFile next = ConfigWriter.edited(file.path(), DiskConfig.text(file), wanted);
        return new KeyList(next, wanted, own);
    }

    private boolean isNamed() {
        return values.isObject() && values.has("api_keys");
    }

    private JsonNode within(JsonNode entries) {
        ObjectNode whole =
                values.isObject() ? values.deepCopy() : JsonNodeFactory.instance.objectNode();
        if (own) {
            whole.set("api_keys", entries);
        } else {
            ObjectNode gemini =
                    whole.path("gemini") instanceof ObjectNode there
                            ? there
                            : whole.putObject("gemini");
            gemini.set("api_keys", entries);
        }
        return whole;
    }

    /** A {@code proxy.yaml} that says the same in one file, to be judged. */
    ConfigFile inline(DiskConfig disk) throws NotEditable {
        if (!own || !(disk.values().orElse(null) instanceof ObjectNode main)) {
            return file;
        }
        ObjectNode whole = main.deepCopy();
        if (whole.path("gemini") instanceof ObjectNode gemini) {
            gemini.remove("api_keys_file");
            gemini.set("api_keys", entries());
        }
        return ConfigWriter.edited(disk.main().path(), DiskConfig.text(disk.main()), whole);
    }

    /** What was said of {@link #inline}, where it concerns the file of the keys. */
    WriteOutcome placed(WriteOutcome outcome, Function<Path, String> name) {
        return own && outcome instanceof WriteOutcome.Invalid invalid
                ? new WriteOutcome.Invalid(
                        invalid.findings().stream()
                                .map(it -> it.key().startsWith(PLACE) ? moved(it, name) : it)
                                .toList())
                : outcome;
    }

    /** Lines of a text that was never written lead nowhere. */
    private Finding moved(Finding finding, Function<Path, String> name) {
        return new Finding(
                finding.rule(),
                new Place(name.apply(file.path()), 0, 0),
                finding.key(),
                finding.what(),
                finding.fix(),
                Optional.empty());
    }
}
