package io.gemproxy.server.reload;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Notices that files have changed, by looking at them again and again: that sees whatever an editor
 * does, a link that leads elsewhere now, and a file system that tells nobody. A change counts once
 * two looks in a row see the same, so that what is half written is not read. Used by one thread.
 */
public final class FileWatch {
    private final Supplier<List<Path>> files;
    private final BooleanSupplier on;
    private final Runnable changed;
    private Map<Path, FileMark> settled;
    private Map<Path, FileMark> last;

    /**
     * Takes what there is now for known.
     *
     * @param files asked at each look; one that comes later counts from then on
     * @param on whether anything is to be noticed
     * @param changed runs on the thread that looks
     */
    public FileWatch(Supplier<List<Path>> files, BooleanSupplier on, Runnable changed) {
        this.files = files;
        this.on = on;
        this.changed = changed;
        this.settled = look(Map.of());
        this.last = settled;
    }

    /**
     * Looks once.
     *
     * @return whether something was touched and stands still again with the content it had: what it
     *     held in between, somebody else may have read
     */
    public boolean look() {
        if (!on.getAsBoolean()) {
            return false;
        }
        Map<Path, FileMark> now = look(last);
        boolean still = now.equals(last);
        last = now;
        if (!still || now.equals(settled)) {
            return false;
        }
        boolean other = differs(now, settled);
        settled = now;
        if (other) {
            changed.run();
        }
        return !other;
    }

    private Map<Path, FileMark> look(Map<Path, FileMark> before) {
        Map<Path, FileMark> marks = new HashMap<>();
        for (Path file : files.get()) {
            marks.put(file, FileMark.of(file, before.getOrDefault(file, FileMark.NONE)));
        }
        return marks;
    }

    private static boolean differs(Map<Path, FileMark> now, Map<Path, FileMark> before) {
        return now.entrySet().stream()
                .anyMatch(it -> {
                    FileMark known = before.get(it.getKey());
                    return known != null && !known.sameContent(it.getValue());
                });
    }
}
