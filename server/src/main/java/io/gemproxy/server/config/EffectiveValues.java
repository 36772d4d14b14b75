package io.gemproxy.server.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells what every setting comes to after all layers, with secrets masked. */
final class EffectiveValues {
    /** A shorter secret would mask what only happens to hold it. */
    private static final int SHORTEST_SECRET = 8;

    private static final Place BUILT_IN = Place.whole("default");

    private final Leaves leaves;
    private final Map<String, List<Leaf>> bySetting;
    private final List<Leaf> perModel;
    private final Set<String> secrets;

    EffectiveValues(Leaves leaves) {
        this.leaves = leaves;
        this.bySetting =
                leaves.all().stream().collect(Collectors.groupingBy(EffectiveValues::withoutPlace));
        this.perModel = leaves.all().stream().filter(it -> it.setting().perModel()).toList();
        this.secrets =
                leaves.all().stream()
                        .filter(leaf -> leaf.setting().secret())
                        .map(leaf -> leaf.text().strip())
                        .filter(text -> text.length() >= SHORTEST_SECRET)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** A value in a list of plain values stands at the list. */
    private static String withoutPlace(Leaf leaf) {
        String path = leaf.path();
        return path.endsWith("]") ? path.substring(0, path.lastIndexOf('[')) : path;
    }

    /** What one setting comes to that is in no list; empty if it has no value. */
    Optional<EffectiveValue> of(String path) {
        return value(path, Settings.at(path));
    }

    List<EffectiveValue> all() {
        List<EffectiveValue> all = new ArrayList<>();
        Set<String> lists = new HashSet<>();
        for (Setting setting : Settings.all()) {
            if (!setting.inList()) {
                value(setting.path(), setting).ifPresent(all::add);
            } else if (lists.add(setting.list())) {
                leaves.entryPaths(setting.list()).forEach(entry -> all.addAll(entry(entry)));
            }
        }
        return List.copyOf(all);
    }

    private List<EffectiveValue> entry(String entry) {
        String list = entry.substring(0, entry.lastIndexOf('['));
        List<EffectiveValue> values = new ArrayList<>();
        for (Setting setting : Settings.all()) {
            if (setting.inList() && setting.list().equals(list) && !setting.perModel()) {
                String rest = setting.path().substring(list.length() + "[]".length());
                value(entry + rest, setting).ifPresent(values::add);
            }
        }
        perModel.stream()
                .filter(leaf -> leaf.path().startsWith(entry + "."))
                .map(leaf -> said(leaf.path(), leaf.setting(), List.of(leaf)))
                .forEach(values::add);
        return values;
    }

    private Optional<EffectiveValue> value(String path, Setting setting) {
        List<Leaf> said = leavesAt(path, setting);
        if (said.stream().allMatch(Leaf::isBlank)
                && (said.isEmpty() || setting.standard().isEmpty())) {
            return setting.standard()
                    .map(text ->
                            new EffectiveValue(
                                    path, typed(setting, text), Layer.DEFAULT, BUILT_IN));
        }
        return Optional.of(said(path, setting, said));
    }

    private List<Leaf> leavesAt(String path, Setting setting) {
        if (path.equals(AdminPort.NEWER)) {
            return AdminPort.decisive(leaves).stream().toList();
        }
        return bySetting.getOrDefault(path, List.of()).stream()
                .filter(leaf -> leaf.setting().equals(setting))
                .toList();
    }

    private EffectiveValue said(String path, Setting setting, List<Leaf> said) {
        String text = said.stream().map(Leaf::text).collect(Collectors.joining(","));
        Leaf first = said.getFirst();
        Object value = isOfNoFile(path, setting) ? Shown.MASK : typed(setting, text);
        return new EffectiveValue(path, value, first.layer(), first.spot().place());
    }

    /** Where no secret could be read from a file, its name may be the secret by mistake. */
    private boolean isOfNoFile(String path, Setting setting) {
        return Settings.secretIn(setting.path()).isPresent()
                && leaves.find(path.substring(0, path.length() - "_file".length())).isEmpty();
    }

    private Object typed(Setting setting, String raw) {
        String text = raw.strip();
        if (setting.kind().isList()) {
            return Reading.split(text.equals("[]") ? "" : text).map(this::shown).toList();
        }
        if (setting.secret()) {
            return Shown.MASK;
        }
        return switch (setting.kind()) {
            case Kind.Whole _ when text.matches("[-+]?[0-9]{1,18}") -> Long.valueOf(text);
            case Kind.Dollars _ when text.matches("[0-9]{1,16}([.][0-9]{1,9})?") ->
                    new BigDecimal(text);
            case Kind.Flag _ when text.matches("true|false") -> Boolean.valueOf(text);
            default -> shown(text);
        };
    }

    /** A secret may also stand where none belongs. */
    private String shown(String text) {
        boolean secret =
                Shown.containsKey(text)
                        || Shown.looksLikeKey(text)
                        || secrets.stream().anyMatch(text::contains);
        return secret ? Shown.MASK : text;
    }
}
