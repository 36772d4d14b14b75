package io.gemproxy.server.keys.presets;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * All presets and what was applied of them, in the form in which they are kept.
 *
 * @param presets in the order of their names
 * @param applied the last one is in effect; those before it are what a rollback goes back to
 */
public record PresetBook(List<WeightPreset> presets, List<Application> applied) {
    /** Nothing is saved, the configured weights hold. */
    public static final PresetBook EMPTY = new PresetBook(List.of(), List.of());

    public PresetBook {
        presets = List.copyOf(presets);
        applied = List.copyOf(applied);
    }

    /**
     * What was put into effect.
     *
     * @param preset as it was then
     * @param at when
     * @param by whom
     */
    public record Application(WeightPreset preset, Instant at, String by) {}

    /** Where the book is kept. */
    @FunctionalInterface
    public interface Store {
        /**
         * Returns once the book is on the medium.
         *
         * @throws IOException if that is not certain
         */
        void keep(PresetBook book) throws IOException;
    }
}
