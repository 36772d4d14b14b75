package io.gemproxy.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lays {@code GEMPROXY_…} variables and {@code --set} over the values of the file. */
final class Overlay {
    private static final String PREFIX = "GEMPROXY_";
    private static final Set<String> RESERVED =
            Set.of("GEMPROXY_CONFIG", "GEMPROXY_ADMIN_TOKEN", "GEMPROXY_SERVER_URL");
    private static final String ENTRIES = PREFIX + "GEMINI_API_KEYS_";
    private static final Pattern ENTRY_VARIABLE =
            Pattern.compile(ENTRIES + "(?<id>.+?)_(?<name>KEY|KEY_FILE)");
    private static final Pattern ENTRY_PATH =
            Pattern.compile(
                    "gemini\\.api_keys(?:\\[(?<index>\\d{1,4})]|\\.(?<id>[^.\\[\\]]+))\\.(?<name>[a-z_]+)");

    /** A value for a setting; in a list, for the entry the operator names. */
    private record Assignment(
            Setting setting, String entry, String text, String source, Layer layer) {
        @Override
        public String toString() {
            return source;
        }
    }

    private final List<Assignment> assignments = new ArrayList<>();
    private final Report report;

    Overlay(Map<String, String> environment, List<String> sets, Report report) {
        this.report = report;
        new TreeMap<>(environment).forEach(this::variable);
        sets.forEach(this::set);
    }

    /** Puts the values of settings that stand alone. */
    void applyToSections(Leaves leaves) {
        assignments.stream()
                .filter(it -> !it.setting().inList())
                .forEach(it -> put(leaves, it.setting().path(), it));
    }

    /** Puts the values of settings in entries of {@code gemini.api_keys}. */
    void applyToEntries(Leaves leaves) {
        assignments.stream().filter(it -> it.setting().inList()).forEach(it -> entry(leaves, it));
    }

    private void variable(String name, String value) {
        if (!name.startsWith(PREFIX) || RESERVED.contains(name)) {
            return;
        }
        Optional<Setting> setting =
                Settings.all().stream()
                        .filter(it -> !it.inList() && it.variable().equals(name))
                        .findFirst();
        Matcher entry = ENTRY_VARIABLE.matcher(name);
        if (setting.isPresent()) {
            add(setting.get(), "", value, "environment " + name, Layer.ENVIRONMENT);
        } else if (entry.matches()) {
            String field = entry.group("name").toLowerCase(Locale.ROOT);
            Setting inEntry = Settings.at(KeySettings.KEYS + "[]." + field);
            add(inEntry, entry.group("id"), value, "environment " + name, Layer.ENVIRONMENT);
        } else {
            unknownVariable(name);
        }
    }

    private void unknownVariable(String name) {
        List<String> known =
                Settings.all().stream().filter(it -> !it.inList()).map(Setting::variable).toList();
        String shown = name.matches("[A-Z0-9_]{1,64}") ? name : PREFIX + Shown.MASK;
        Optional<String> near = Suggestion.nearest(name, known);
        near.flatMap(Overlay::pathOf).ifPresent(report::meant);
        report.add(
                Rule.UNKNOWN_VARIABLE,
                Spot.whole("environment " + shown),
                "",
                "no setting has this variable",
                name.startsWith(ENTRIES)
                        ? "of an entry only its key can be given: " + ENTRIES + "<ID>_KEY"
                        : near.map(it -> "did you mean " + it + "?")
                                .orElse("unset it, or see proxy.yaml.example for all keys"));
    }

    private static Optional<String> pathOf(String variable) {
        return Settings.all().stream()
                .filter(it -> it.variable().equals(variable))
                .map(Setting::path)
                .findFirst();
    }

    private void set(String argument) {
        int equals = argument.indexOf('=');
        if (equals < 1) {
            report.add(
                    Rule.BAD_SET,
                    Spot.whole("--set"),
                    "",
                    "is not path.to.key=value",
                    "for example --set server.port=8443");
            return;
        }
        String path = argument.substring(0, equals).strip();
        String value = argument.substring(equals + 1);
        Matcher entry = ENTRY_PATH.matcher(path);
        Optional<Setting> inEntry =
                entry.matches()
                        ? Settings.find(KeySettings.KEYS + "[]." + entry.group("name"))
                        : Optional.empty();
        Optional<Setting> setting = Settings.find(path).filter(it -> !it.inList());
        if (setting.isPresent()) {
            add(setting.get(), "", value, "--set " + path, Layer.COMMAND_LINE);
        } else if (inEntry.isPresent()) {
            String index = entry.group("index");
            String which = index == null ? String.valueOf(entry.group("id")) : "[" + index + "]";
            add(inEntry.get(), which, value, "--set " + path, Layer.COMMAND_LINE);
        } else {
            unknownPath(path);
        }
    }

    private void unknownPath(String path) {
        List<String> known = Settings.all().stream().map(Setting::path).toList();
        Optional<String> near = Suggestion.nearest(path, known);
        near.ifPresent(report::meant);
        report.add(
                Rule.UNKNOWN_KEY,
                Spot.whole("--set " + Shown.name(path)),
                Shown.name(path),
                "is not a known key",
                fixOfUnknownPath(path, near));
    }

    private static String fixOfUnknownPath(String path, Optional<String> near) {
        if (Settings.isSection(path)) {
            return "it is a section; set one of its keys, as " + path + ".KEY=value";
        }
        if (Settings.isList(path)) {
            return "it is a list; name an entry of it, or write it into the file";
        }
        return near.map(it -> "did you mean " + it + "?")
                .orElse("see proxy.yaml.example for all keys");
    }

    private void add(Setting setting, String entry, String text, String source, Layer layer) {
        assignments.add(new Assignment(setting, entry, text, source, layer));
    }

    private static void put(Leaves leaves, String path, Assignment it) {
        if (it.setting().kind().isList()) {
            leaves.all().stream()
                    .filter(leaf -> leaf.setting().equals(it.setting()))
                    .forEach(leaf -> leaves.remove(leaf.path()));
        }
        leaves.put(
                new Leaf(
                        path,
                        it.setting(),
                        it.text(),
                        Leaf.Form.ANY,
                        Spot.whole(it.source()),
                        it.layer()));
    }

    private void entry(Leaves leaves, Assignment it) {
        List<String> ids = new ArrayList<>();
        List<String> meant = new ArrayList<>();
        for (int i = 0; i < leaves.entries(KeySettings.KEYS).size(); i++) {
            String path = Leaves.entryPath(KeySettings.KEYS, i);
            String id = leaves.find(path + ".id").map(Leaf::text).orElse("");
            ids.add(Shown.name(id));
            if (isMeant(it, i, id)) {
                meant.add(path);
            }
        }
        if (meant.size() == 1) {
            put(leaves, meant.getFirst() + "." + it.setting().name(), it);
        } else {
            unclear(it, ids, meant.isEmpty());
        }
    }

    private void unclear(Assignment it, List<String> ids, boolean none) {
        report.add(
                it.layer() == Layer.ENVIRONMENT ? Rule.UNKNOWN_VARIABLE : Rule.UNKNOWN_KEY,
                Spot.whole(it.source()),
                KeySettings.KEYS,
                none ? "no entry has this id" : "more than one entry has this id",
                ids.isEmpty() ? "there are no entries" : "the ids are: " + String.join(", ", ids));
    }

    private static boolean isMeant(Assignment it, int index, String id) {
        return it.layer() == Layer.ENVIRONMENT
                ? inVariable(id).equals(it.entry())
                : it.entry().equals(id) || it.entry().equals("[" + index + "]");
    }

    /** An id as it stands in a variable's name: capitals, digits, underscores. */
    private static String inVariable(String id) {
        return id.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
