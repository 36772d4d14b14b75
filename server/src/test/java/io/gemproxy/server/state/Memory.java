package io.gemproxy.server.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a test wants kept: a number with enough text to fill some pages, and named entries. */
final class Memory {
    record Numbered(int number, String filler) {}

    record Entry(String name, int value) {}

    final Changes<Entry> changes = new Changes<>();
    final Map<String, Integer> entries = new LinkedHashMap<>();

    /** All entries as they were restored, in their order. */
    final List<Entry> restored = new ArrayList<>();

    int number;

    StatePart<Numbered> part() {
        return part(1);
    }

    StatePart<Numbered> part(int version) {
        return new StatePart<>(
                "numbered",
                version,
                Numbered.class,
                () -> new Numbered(number, "x".repeat(10_000)),
                value -> number = value.number());
    }

    JournalPart<Entry> journal() {
        return journal(1);
    }

    JournalPart<Entry> journal(int version) {
        return new JournalPart<>(
                "entries",
                version,
                Entry.class,
                changes,
                () -> entries.entrySet().stream().map(it -> new Entry(it.getKey(), it.getValue())),
                all ->
                        all.forEach(entry -> {
                            restored.add(entry);
                            entries.put(entry.name(), entry.value());
                        }));
    }

    void put(String name, int value) {
        entries.put(name, value);
        changes.accept(new Entry(name, value));
    }
}
