package io.gemproxy.server.metrics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Failures by one bounded label; guarded by its owner's lock. */
final class ErrorCounts {
    private final Map<String, Entry> entries = new TreeMap<>();

    void add(String label, long step, ErrorExample example) {
        Entry entry = entries.computeIfAbsent(label, _ -> new Entry(example));
        entry.counts.add(step, 1);
        entry.last = example;
    }

    Map<String, Errors.Count> read(long step) {
        Map<String, Errors.Count> read = new LinkedHashMap<>();
        entries.forEach((label, entry) -> read.put(label, entry.read(step)));
        return Collections.unmodifiableMap(read);
    }

    static Map<Window, Long> byWindow(StepCounts counts, long step) {
        Map<Window, Long> byWindow = new EnumMap<>(Window.class);
        for (Window window : Window.values()) {
            byWindow.put(window, counts.in(window, step));
        }
        return byWindow;
    }

    /** The count and the newest example of one label. */
    private static final class Entry {
        private final StepCounts counts = new StepCounts();
        private ErrorExample last;

        Entry(ErrorExample first) {
            last = first;
        }

        Errors.Count read(long step) {
            return new Errors.Count(byWindow(counts, step), last);
        }
    }
}
