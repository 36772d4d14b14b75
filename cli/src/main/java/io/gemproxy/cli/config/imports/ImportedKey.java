package io.gemproxy.cli.config.imports;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** An API key with what was known of it. */
final class ImportedKey {
    /** Each model that is not named. */
    static final String ANY_MODEL = "*";

    private final String id;
    private final String value;
    private final Map<String, Map<String, Long>> limits = new LinkedHashMap<>();
    private OptionalLong weight = OptionalLong.empty();

    /**
     * @param id free of what an id may not hold
     * @param value as it is to stand in YAML, before quotes: the key itself, escaped, or a
     *     reference
     */
    ImportedKey(String id, String value) {
        this.id = id;
        this.value = value;
    }

    String id() {
        return id;
    }

    String value() {
        return value;
    }

    OptionalLong weight() {
        return weight;
    }

    void weigh(long share) {
        weight = OptionalLong.of(share);
    }

    /** Notes a limit of a model, such as {@code requests_per_minute}; the smaller one counts. */
    void limit(String model, String name, long most) {
        limits.computeIfAbsent(model, _ -> new LinkedHashMap<>()).merge(name, most, Math::min);
    }

    Map<String, Map<String, Long>> limits() {
        return limits;
    }

    /** Never shows the key. */
    @Override
    public String toString() {
        return id;
    }
}
