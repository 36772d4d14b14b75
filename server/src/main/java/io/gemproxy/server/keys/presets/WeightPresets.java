package io.gemproxy.server.keys.presets;

import io.gemproxy.server.exchange.KeyId;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Named sets of weights: what is saved, what is in effect, and what was before. The preset in
 * effect lies over the configured weights, also after a restart and a reload of the configuration.
 *
 * <p>A change is in effect only once it is kept.
 */
public final class WeightPresets {
    /** More presets than this help nobody. */
    public static final int MOST_PRESETS = 100;

    private static final int MOST_APPLIED = 20;

    private final PresetBook.Store store;
    private final Consumer<Map<KeyId, Integer>> weigh;
    private final InstantSource clock;
    private PresetBook book;

    /**
     * Takes up what is kept and puts it into effect.
     *
     * @param weigh takes the weights that lie over the configured ones, each time they change
     */
    public WeightPresets(
            PresetBook book,
            PresetBook.Store store,
            Consumer<Map<KeyId, Integer>> weigh,
            InstantSource clock) {
        this.book = book;
        this.store = store;
        this.weigh = weigh;
        this.clock = clock;
        weigh.accept(overlay());
    }

    /** Names what is saved and applied now; every change of it is another one. */
    public synchronized String version() {
        return BookVersion.of(book);
    }

    /**
     * Makes a change only where the version is one that the condition takes; nobody else's change
     * comes between the two.
     *
     * @return what came of the change; empty if the condition does not take the version
     * @throws IOException if the change throws it
     */
    public synchronized <T> Optional<T> provided(Predicate<String> condition, Change<T> change)
            throws IOException {
        return condition.test(version()) ? Optional.of(change.make()) : Optional.empty();
    }

    /** A change of what is saved or applied. */
    @FunctionalInterface
    public interface Change<T> {
        /**
         * Makes it.
         *
         * @throws IOException if it is not certainly kept
         */
        T make() throws IOException;
    }

    /** All that are saved, by their names. */
    public synchronized List<WeightPreset> list() {
        return book.presets();
    }

    public synchronized Optional<WeightPreset> find(String name) {
        return book.presets().stream().filter(it -> it.name().equals(name)).findFirst();
    }

    /** What is in effect; empty while the configured weights hold. */
    public synchronized Optional<PresetBook.Application> applied() {
        return book.applied().isEmpty() ? Optional.empty() : Optional.of(book.applied().getLast());
    }

    /** What a rollback would bring back; empty if that are the configured weights. */
    public synchronized Optional<PresetBook.Application> previous() {
        int size = book.applied().size();
        return size < 2 ? Optional.empty() : Optional.of(book.applied().get(size - 2));
    }

    /** The weights that lie over the configured ones. */
    public synchronized Map<KeyId, Integer> overlay() {
        Map<KeyId, Integer> weights = new HashMap<>();
        applied()
                .ifPresent(it ->
                        it.preset()
                                .weights()
                                .forEach((id, weight) -> weights.put(new KeyId(id), weight)));
        return Map.copyOf(weights);
    }

    /**
     * Saves a preset in place of one of the same name; what is in effect stays as it is.
     *
     * @return empty if there are too many
     * @throws IOException if it is not certainly kept
     */
    public synchronized Optional<WeightPreset> save(
            String name, Map<String, Integer> weights, String by) throws IOException {
        WeightPreset preset = new WeightPreset(name, weights, clock.instant(), by);
        List<WeightPreset> presets = new ArrayList<>(without(name));
        if (presets.size() >= MOST_PRESETS) {
            return Optional.empty();
        }
        presets.add(preset);
        presets.sort(Comparator.comparing(WeightPreset::name));
        keep(new PresetBook(presets, book.applied()));
        return Optional.of(preset);
    }

    /**
     * Forgets a preset; if it is in effect its weights stay so.
     *
     * @return false if there is none of this name
     * @throws IOException if that is not certainly kept
     */
    public synchronized boolean remove(String name) throws IOException {
        if (find(name).isEmpty()) {
            return false;
        }
        keep(new PresetBook(without(name), book.applied()));
        return true;
    }

    private List<WeightPreset> without(String name) {
        return book.presets().stream().filter(it -> !it.name().equals(name)).toList();
    }

    /**
     * Puts a preset into effect as it is now.
     *
     * @return empty if there is none of this name
     * @throws IOException if it is not certainly kept; then nothing changes
     */
    public synchronized Optional<PresetBook.Application> apply(String name, String by)
            throws IOException {
        Optional<PresetBook.Application> application =
                find(name).map(it -> new PresetBook.Application(it, clock.instant(), by));
        if (application.isPresent()) {
            List<PresetBook.Application> applied = new ArrayList<>(book.applied());
            applied.add(application.get());
            int from = Math.max(0, applied.size() - MOST_APPLIED);
            keep(new PresetBook(book.presets(), applied.subList(from, applied.size())));
            weigh.accept(overlay());
        }
        return application;
    }

    /**
     * Goes back to what was in effect before, at last to the configured weights.
     *
     * @return false if the configured weights hold already
     * @throws IOException if it is not certainly kept; then nothing changes
     */
    public synchronized boolean rollback() throws IOException {
        if (book.applied().isEmpty()) {
            return false;
        }
        List<PresetBook.Application> applied = book.applied();
        keep(new PresetBook(book.presets(), applied.subList(0, applied.size() - 1)));
        weigh.accept(overlay());
        return true;
    }

    private void keep(PresetBook next) throws IOException {
        store.keep(next);
        book = next;
    }
}
