package io.gemproxy.cli.config.imports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What was found in another product's file: keys, settings of ours, and what has no counterpart.
 */
final class Imported {
    /**
     * Something that was not carried over.
     *
     * @param name as it is called there; never a value
     * @param why and what to do instead
     */
    record Leftover(String name, String why) {}

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_.*/\\[\\]() :-]{1,80}");
    private static final Pattern KEY_INSIDE =
            Pattern.compile("(AIza|AQ\\.|sk-|eyJ)[A-Za-z0-9_.-]{8,}");
    private static final long MILLION = 1_000_000;

    private final Map<String, ImportedKey> byValue = new LinkedHashMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, Leftover> leftovers = new LinkedHashMap<>();

    List<ImportedKey> keys() {
        return List.copyOf(byValue.values());
    }

    /** By path, each value as it would be written. */
    Map<String, String> settings() {
        return settings;
    }

    List<Leftover> leftovers() {
        return List.copyOf(leftovers.values());
    }

    boolean isNothing() {
        return byValue.isEmpty() && settings.isEmpty();
    }

    /** The key itself; the same key twice is one. */
    ImportedKey key(String key, String wished) {
        return of(key.replace("${", "$${"), wished);
    }

    /** A key that a variable of the environment holds. */
    ImportedKey reference(String variable) {
        return of("${" + variable + "}", variable.toLowerCase(Locale.ROOT));
    }

    private ImportedKey of(String value, String wished) {
        return byValue.computeIfAbsent(value, it -> new ImportedKey(freeId(wished), it));
    }

    private String freeId(String wished) {
        String plain = wished.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[._-]+", "");
        String base = ID.matcher(plain).matches() && plain.length() < 58 ? plain : "key";
        Set<String> taken =
                byValue.values().stream().map(ImportedKey::id).collect(Collectors.toSet());
        if (!taken.contains(base) && !base.equals("key")) {
            return base;
        }
        int number = base.equals("key") ? 1 : 2;
        while (taken.contains(base + number)) {
            number++;
        }
        return base + number;
    }

    void set(String path, String value) {
        settings.put(path, value);
    }

    /** A whole number for a setting of ours; what does not fit is left over. */
    void number(String path, String name, String text, long least, long most) {
        Optional<Long> number = whole(text).filter(it -> it >= least && it <= most);
        number.ifPresentOrElse(
                it -> set(path, it.toString()),
                () -> left(name, path + " takes a whole number from " + least + " to " + most));
    }

    /** A limit of a model; what does not fit is left over. */
    void limit(ImportedKey key, String model, String limit, String name, String text) {
        long most = limit.equals("requests_per_minute") ? MILLION : 1L << 40;
        whole(text)
                .filter(it -> it >= 0 && it <= most)
                .ifPresentOrElse(
                        it -> key.limit(model, limit, it),
                        () -> left(name, limit + " takes a whole number up to " + most));
    }

    private static Optional<Long> whole(String text) {
        String digits = text.strip().replaceAll("\\.0+$", "");
        return digits.matches("[0-9]{1,15}") ? Optional.of(Long.valueOf(digits)) : Optional.empty();
    }

    /** Says once of each name why it was not carried over. */
    void left(String name, String why) {
        boolean shown = HARMLESS.matcher(name).matches() && !KEY_INSIDE.matcher(name).find();
        leftovers.putIfAbsent(shown ? name : "…", new Leftover(shown ? name : "…", why));
    }

    /** The address of Gemini there, if it is one that gemproxy takes. */
    void baseUrl(String name, String url) {
        String origin = url.strip().replaceAll("/(v1(alpha|beta)?(/(openai|models))?)?/*$", "");
        if (!origin.matches("https?://[A-Za-z0-9.\\[\\]:-]+")) {
            left(name, "gemini.base_url takes an address without path, query or user");
        } else if (!origin.equals("https://generativelanguage.googleapis.com")) {
            set("gemini.base_url", origin);
        }
    }
}
