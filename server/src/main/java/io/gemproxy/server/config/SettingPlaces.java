package io.gemproxy.server.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a value of a configuration stands in the table of settings, and whether it may be shown.
 *
 * <p>A place is the path of a setting or a section: {@code gemini.api_keys[].weight} for each entry
 * of the list, the empty text for the whole file.
 */
public final class SettingPlaces {
    /** Stands for a value that nobody may see. */
    public static final String MASK = Shown.MASK;

    /** The list of the pooled keys, which may have a file of its own. */
    public static final String KEYS = KeySettings.KEYS;

    private static final String MODELS = KeySettings.KEYS + "[].limits";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_]*}");

    private SettingPlaces() {}

    /** The place of what has a name in a section. */
    public static String member(String section, String name) {
        return section.equals(MODELS) ? KeySettings.LIMITS : Settings.join(section, name);
    }

    /** The place of what stands in a list. */
    public static String entry(String list) {
        return Settings.isList(list) ? list + "[]" : list;
    }

    /** The member that tells the entries of a list apart; empty for a list of plain values. */
    public static Optional<String> nameOfEntries(String list) {
        return Settings.isList(list) ? Optional.of(Settings.nameOfEntries(list)) : Optional.empty();
    }

    /**
     * Whether a change of a setting waits for the next start.
     *
     * @param path as a change is told, entries of lists by name or number
     */
    public static boolean waits(String path) {
        return Settings.find(path.replaceAll("\\[[^\\]]*]", "[]"))
                .map(Setting::restart)
                .orElse(false);
    }

    /** Whether the table itself has this name in a section. */
    public static boolean isKnown(String section, String name) {
        String place = Settings.join(section, name);
        return Settings.find(place).isPresent()
                || Settings.isSection(place)
                || Settings.isList(place);
    }

    /** Whether nobody may see the value at a place. */
    public static boolean isSecret(String place) {
        return Settings.find(place).map(Setting::secret).orElse(false);
    }

    /**
     * Whether a value may be shown. Of a secret only <code>${NAME}</code>; where no setting is,
     * only what cannot be a secret that was put there by mistake.
     */
    public static boolean mayShow(String place, String text) {
        if (isSecret(place)) {
            return text.isEmpty() || REFERENCE.matcher(text).matches();
        }
        boolean harmless = Settings.find(place).isPresent() || Shown.isHarmless(text);
        return harmless && !Shown.containsKey(text) && !Shown.looksLikeKey(text);
    }

    /** A key's name, or the mask if it may be a secret that slipped to the left of the colon. */
    public static String name(String text) {
        return Settings.find(text).isPresent() || !Shown.containsKey(text) ? shown(text) : MASK;
    }

    private static String shown(String text) {
        return Shown.looksLikeKey(text) || text.length() > 300 ? MASK : text;
    }
}
