package io.gemproxy.server.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What every setting of a configuration comes to, to be compared with that of another. Entries of
 * lists go by their names, so that a new one does not move the others. Shows no value to anybody.
 */
public final class SettingValues {
    /** Of a configuration that was put together without any text. */
    public static final SettingValues NONE = new SettingValues();

    private final Map<String, Value> byPath = new LinkedHashMap<>();

    /** What was said of a setting, in the order of a list. */
    private record Value(Setting setting, List<String> texts) {}

    private SettingValues() {}

    static SettingValues of(Leaves leaves) {
        SettingValues values = new SettingValues();
        for (Leaf leaf : leaves.all()) {
            if (!leaf.isBlank()) {
                values.byPath
                        .computeIfAbsent(
                                path(leaf, leaves),
                                _ -> new Value(leaf.setting(), new ArrayList<>()))
                        .texts()
                        .add(leaf.text().strip());
            }
        }
        for (Setting setting : Settings.all()) {
            setting.standard().ifPresent(text -> values.standard(setting, text, leaves));
        }
        return values;
    }

    /**
     * The paths of the settings that differ, sorted; such as {@code logging.level} or {@code
     * gemini.api_keys[primary].weight}.
     */
    public List<String> changedFrom(SettingValues before) {
        return differing(before, setting -> true);
    }

    /** Those of them that take effect at the next start only. */
    public List<String> waitingFrom(SettingValues before) {
        return differing(before, Setting::restart);
    }

    private List<String> differing(SettingValues before, Predicate<Setting> which) {
        Set<String> paths = new LinkedHashSet<>(before.byPath.keySet());
        paths.addAll(byPath.keySet());
        return paths.stream()
                .filter(path -> !Objects.equals(byPath.get(path), before.byPath.get(path)))
                .filter(path -> which.test(setting(path, before)))
                .sorted()
                .toList();
    }

    private Setting setting(String path, SettingValues before) {
        return Optional.ofNullable(byPath.get(path))
                .or(() -> Optional.ofNullable(before.byPath.get(path)))
                .map(Value::setting)
                .orElseThrow();
    }

    /** Whoever writes down a default changes nothing. */
    private void standard(Setting setting, String text, Leaves leaves) {
        Value value = new Value(setting, setting.kind().isList() ? list(text) : List.of(text));
        if (!setting.inList()) {
            byPath.putIfAbsent(setting.path(), value);
        } else if (!setting.perModel()) {
            String rest = setting.path().substring(setting.list().length() + "[]".length());
            leaves.entryPaths(setting.list())
                    .forEach(entry ->
                            byPath.putIfAbsent(named(entry, setting.list(), leaves) + rest, value));
        }
    }

    private static List<String> list(String text) {
        return text.equals("[]") ? List.of() : List.of(text);
    }

    private static String path(Leaf leaf, Leaves leaves) {
        Setting setting = leaf.setting();
        String path = setting.kind().isList() ? withoutPlace(leaf.path()) : leaf.path();
        if (!setting.inList()) {
            return path;
        }
        String entry = path.substring(0, path.indexOf(']', setting.list().length()) + 1);
        return named(entry, setting.list(), leaves) + path.substring(entry.length());
    }

    private static String named(String entry, String list, Leaves leaves) {
        return leaves.find(entry + "." + Settings.nameOfEntries(list))
                .filter(leaf -> !leaf.isBlank())
                .map(leaf -> list + "[" + leaf.text().strip() + "]")
                .orElse(entry);
    }

    private static String withoutPlace(String path) {
        return path.endsWith("]") ? path.substring(0, path.lastIndexOf('[')) : path;
    }

    @Override
    public String toString() {
        return "SettingValues[" + byPath.size() + "]";
    }
}
