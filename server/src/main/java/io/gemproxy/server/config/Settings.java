package io.gemproxy.server.config;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The table of all settings of this version: its sections, in the order of the documentation. */
final class Settings {
    private static final List<Setting> ALL = withTwins(written());
    private static final Map<String, Setting> BY_PATH =
            ALL.stream().collect(toUnmodifiableMap(Setting::path, Function.identity()));

    /** Asked for with each key of a file. */
    private static final Map<String, List<String>> NAMES = new ConcurrentHashMap<>();

    private Settings() {}

    static List<Setting> all() {
        return ALL;
    }

    static Optional<Setting> find(String path) {
        return Optional.ofNullable(BY_PATH.get(path));
    }

    /** The setting of a path that is known to be in the table; entries of a list have a number. */
    static Setting at(String path) {
        return find(path.replaceAll("\\[\\d+]", "[]"))
                .orElseThrow(() -> new IllegalArgumentException("no setting " + path));
    }

    /** Whether what stands at a path is a list whose entries have keys of their own. */
    static boolean isList(String path) {
        return isBeginning(path + "[].");
    }

    /** Whether a setting, a section or a list may stand at a path; entries have a number. */
    static boolean isKnown(String path) {
        String name = path.replaceAll("\\[\\d+]$", "").replaceAll("\\[\\d+]", "[]");
        return find(name).isPresent() || isSection(name) || isList(name);
    }

    /** The key that names an entry of such a list: the first in the table. */
    static String nameOfEntries(String list) {
        return namesIn(list + "[]").getFirst();
    }

    static boolean isSection(String path) {
        return isBeginning(path + ".");
    }

    private static boolean isBeginning(String prefix) {
        for (Setting setting : ALL) {
            if (setting.path().startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** The names that may stand directly under a section, each once. */
    static List<String> namesIn(String section) {
        return NAMES.computeIfAbsent(section, Settings::findNamesIn);
    }

    private static List<String> findNamesIn(String section) {
        String prefix = section.isEmpty() ? "" : section + ".";
        Set<String> names = new LinkedHashSet<>();
        for (Setting setting : ALL) {
            if (setting.path().startsWith(prefix)) {
                names.add(firstName(setting.path().substring(prefix.length())));
            }
        }
        return List.copyOf(names);
    }

    /**
     * Whether a setting is a secret, or names the file that holds one.
     *
     * @param path with a number or a name where it is in a list
     */
    static boolean isOfSecret(String path) {
        String setting = path.replaceAll("\\[[^\\]]*]", "[]");
        return find(setting).filter(Setting::secret).isPresent() || secretIn(setting).isPresent();
    }

    /** The secret in the file that a setting names. */
    static Optional<Setting> secretIn(String path) {
        return path.endsWith("_file")
                ? find(path.substring(0, path.length() - "_file".length())).filter(Setting::secret)
                : Optional.empty();
    }

    /** The path of a name in a section; the file itself is the section without a path. */
    static String join(String section, String name) {
        return section.isEmpty() ? name : section + "." + name;
    }

    private static String firstName(String rest) {
        int dot = rest.indexOf('.');
        String name = dot < 0 ? rest : rest.substring(0, dot);
        boolean many = name.endsWith("[]") || name.endsWith("{}");
        return many ? name.substring(0, name.length() - 2) : name;
    }

    private static List<Setting> withTwins(List<Setting> written) {
        List<Setting> all = new ArrayList<>();
        for (Setting setting : written) {
            all.add(setting);
            if (setting.secret()) {
                all.add(twin(setting));
            }
        }
        return List.copyOf(all);
    }

    private static Setting twin(Setting secret) {
        Setting twin = twinOf(secret);
        return secret.restart() ? twin.onRestart() : twin;
    }

    private static Setting twinOf(Setting secret) {
        return new Setting(
                secret.twinPath(),
                new Kind.FilePath(),
                Optional.empty(),
                false,
                "A file to read "
                        + secret.name()
                        + " from; one newline at its end is not part of it.",
                "${CREDENTIALS_DIRECTORY}/gemproxy_" + secret.name().replace('_', '-'));
    }

    private static List<Setting> written() {
        return Stream.of(
                        ServerSettings.all(),
                        TlsSettings.all(),
                        AcmeSettings.all(),
                        GeminiSettings.all(),
                        KeySettings.all(),
                        AuthenticationSettings.all(),
                        IssuerSettings.all(),
                        ClientSettings.all(),
                        LimitSettings.all(),
                        AdminSettings.all(),
                        UsageSettings.all(),
                        MetricsSettings.all(),
                        TelemetrySettings.all(),
                        LoggingSettings.all(),
                        AuditSettings.all(),
                        StateSettings.all(),
                        ReloadSettings.all())
                .flatMap(List::stream)
                .toList();
    }
}
