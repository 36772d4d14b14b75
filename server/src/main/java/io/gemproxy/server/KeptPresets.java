package io.gemproxy.server;

import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.presets.PresetBook;
import io.gemproxy.server.keys.presets.WeightPresets;
import io.gemproxy.server.state.DurableFile;
import io.gemproxy.server.state.StateDamaged;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.InstantSource;

/** The presets of weights, over restarts. */
final class KeptPresets {
    private static final System.Logger LOG = System.getLogger(KeptPresets.class.getName());
    private static final String FILE = "weight-presets.json";

    private KeptPresets() {}

    /**
     * Those that {@code state.dir} holds; the one that is in effect is at once.
     *
     * @throws IOException if they cannot be read
     */
    static WeightPresets open(Path directory, KeyPool pool, InstantSource clock)
            throws IOException {
        DurableFile<PresetBook> file = DurableFile.in(directory, FILE, PresetBook.class);
        return new WeightPresets(kept(file), file::replace, pool::reweigh, clock);
    }

    /** The configured weights serve as well, so a damaged file stops nothing. */
    private static PresetBook kept(DurableFile<PresetBook> file) throws IOException {
        try {
            return file.read().orElse(PresetBook.EMPTY);
        } catch (StateDamaged lost) {
            LOG.log(
                    Level.WARNING,
                    "the presets of weights are lost, the configured weights hold: {0}",
                    lost.getMessage());
            return PresetBook.EMPTY;
        }
    }
}
